/** Mocks of a workflow's Tasks in the workflow's own types, for whatever runs its definition in a test. */
import { didYouMean } from "../definition/validate/nearest.ts";
import { at } from "../problem.ts";
import type { Nothing } from "../ref.ts";
import type { TaskNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";

/** What `lakehouse types` writes of a Task. */
export interface TaskTypes {
  readonly event: unknown;
  readonly result: unknown;
}

/** What a mock is told of the call that it answers. */
export interface MockCall {
  /** Retries before this call: 0 for the first. */
  readonly retryCount: number;
  /** Waits on the execution's clock. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/** A mock may give less than a `T` that can be changed: nobody changes it. */
type Given<T> = T extends object ? { readonly [K in keyof T]: Given<T[K]> } : T;

/** A step that yields nothing has a mock that returns nothing. */
type Answer<R> = [R] extends [null] ? null | Nothing : Given<R>;

/** A stand-in for what gets an `E` and gives an `R`. */
export type Mock<E, R> = (event: E, call: MockCall) => Answer<R> | Promise<Answer<R>>;

/** A mock for each Task of `T`, or for some of them. */
export type Mocks<T extends { readonly [K in keyof T]: TaskTypes }> = {
  readonly [K in keyof T]?: Mock<T[K]["event"], T[K]["result"]>;
};

/** What `simulate`'s `tasks` takes. */
export type Handlers = Readonly<Record<string, Handler>>;

type Handler = (args: unknown, call: MockCall) => unknown;

type AnyMock = { answer(event: unknown, call: MockCall): unknown }["answer"];

/**
 * Handlers of the raw requests out of mocks that have the steps' own types: a Lambda's mock gets its event and returns
 * its result, a service's gets the request's Arguments and returns what the step yields, a callback's returns the
 * answer, a query's the rows. A mock fails its step by throwing, as a raw handler does. A Task without a mock is left
 * to whoever runs the definition.
 * @throws TypeError for a mock of a Task that the workflow has not, and for one whose result can't be put back into what
 * the service returns
 */
export function mocksOf<T extends { readonly [K in keyof T]: TaskTypes } = never>(
  workflow: Workflow,
  mocks: NoInfer<Mocks<T>>,
): Handlers {
  const tasks = allSteps(workflow.program).filter((step) => step.kind === "task");
  const lambdas = new Set(workflow.lambdas.map(({ name }) => name));
  // A mock is called with what its own type says: `T` has been read from this very workflow.
  const handlers = (Object.entries(mocks) as [string, AnyMock][]).flatMap(([name, mock]) => {
    const task = tasks.find((each) => each.name === name && each.rows === undefined);
    if (task === undefined) throw unknownTask(workflow, name, tasks);
    const rows = tasks.find((each) => each.rows?.of === name);
    if (rows !== undefined) return Object.entries(query(task, rows, mock));
    const eventOf = lambdas.has(name) ? payloadOf : undefined;
    return [[name, handler(task, mock, eventOf)] as const];
  });
  return Object.fromEntries(handlers);
}

function unknownTask({ name: machine, site }: Workflow, name: string, tasks: readonly TaskNode[]): TypeError {
  const names = tasks.filter(({ rows }) => rows === undefined).map((each) => each.name);
  return new TypeError(`${at(site)} workflow "${machine}" has no Task "${name}" to mock.${didYouMean(name, names)}`);
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** A Lambda's event. */
const payloadOf = (args: unknown): unknown => memberOf(args, "Payload");

/** `$states.result.Payload`, and `{"Id": $states.result.Id}`: what they yield tells what they were given. */
const path = /^\$states\.result((?:\.\w+)*)$/;
const members = /^\{(?:"(\w+)": \$states\.result\.\1(?:, )?)+\}$/;

function handler({ name, site, yields }: TaskNode, mock: AnyMock, eventOf = (args: unknown): unknown => args): Handler {
  const [, steps] = path.exec(yields) ?? (members.test(yields) ? ["", ""] : []);
  if (steps === undefined) {
    throw new TypeError(
      `${at(site)} ${name}: it yields ${yields}, from which the service's own result can't be told. ` +
        "Leave it out of the mocks, and give `simulate` a handler that returns that result.",
    );
  }
  const names = steps.split(".").slice(1);
  return async (args, call) =>
    names.reduceRight<unknown>((inner, each) => ({ [each]: inner }), (await mock(eventOf(args), call)) ?? null);
}

/** The query's own state runs the mock, so that is where it fails or takes its time; the state after it gives the rows. */
function query({ name }: TaskNode, { name: rowsName, rows }: TaskNode, mock: AnyMock): Handlers {
  const found = new Map<unknown, unknown>();
  const columns = rows?.columns ?? [];
  const header = { Data: columns.map((column) => ({ VarCharValue: column })) };
  return {
    [name]: async (args, call) => {
      const id = `${name}-${found.size + 1}`;
      found.set(id, await mock(args, call));
      return { QueryExecution: { QueryExecutionId: id } };
    },
    [rowsName]: (args) => {
      const given = found.get(memberOf(args, "QueryExecutionId"));
      const data = (Array.isArray(given) ? given : []).map((row: unknown) => ({
        Data: columns.map((column) => ({ VarCharValue: memberOf(row, column) })),
      }));
      return { ResultSet: { Rows: [header, ...data] } };
    },
  };
}
