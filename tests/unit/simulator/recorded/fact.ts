/**
 * The form of a recorded fact: a definition with data of our own, and what Step Functions makes of it. Facts that were
 * recorded in JSONPath mode are restated in JSONata mode where the rule is the same in both.
 */

/** What one call of a task does; the last answer of a list is given to all later calls, too. */
export type Answer = { readonly after?: number } & (
  | { readonly returns: unknown }
  | { readonly fails: string; readonly cause?: string }
  /** Gives its arguments back. */
  | { readonly echoes: true }
);

/** How the execution ends. `null` says that it has no error or no cause; a cause that is left out is not settled. */
export type Ending =
  | { readonly status: "SUCCEEDED"; readonly output: unknown }
  | { readonly status: "FAILED"; readonly error: string | null; readonly cause?: string | null }
  | { readonly status: "TIMED_OUT"; readonly error: null; readonly cause: null }
  /** The definition is refused at creation; one finding for each reason. */
  | { readonly status: "REFUSED"; readonly findings: readonly string[] };

export type Fact = {
  /** A sentence; it names the test. */
  readonly fact: string;
  /** The page of AWS's documents, or "recorded: suite/test" of LocalStack's histories from the real service. */
  readonly source: string;
  readonly definition: object;
  readonly input?: unknown;
  /** Answers by the Task state's name. */
  readonly tasks?: Readonly<Record<string, readonly Answer[]>>;
  /** Texts of S3 objects by "bucket/key", for ItemReaders. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Names of the states entered, in order. */
  readonly states?: readonly string[];
  /** The arguments of each call, by the Task state's name. */
  readonly sent?: Readonly<Record<string, readonly unknown[]>>;
  /** The last value assigned to each variable, in whatever scope. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The `location` of the event EvaluationFailed; `null` if the event has none. */
  readonly location?: string | null;
  /** How long it took, in seconds of the execution's own time. */
  readonly seconds?: number;
} & Ending;

export function docs(page: string): string {
  return `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;
}

/** How the causes of failing fields begin; `event` is the id of the state's StateEntered. */
export function at(state: string, event: number): string {
  return `An error occurred while executing the state '${state}' (entered at the event id #${event}). `;
}

export function expressionAt(state: string, event: number, expression: string, field: string): string {
  return `${at(state, event)}The JSONata expression '${expression}' specified for the field '${field}' `;
}
