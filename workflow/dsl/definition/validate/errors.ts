/** Whether retriers and catchers name errors that can occur, where Step Functions takes them and gets to them. */
import { errorsOf, fieldsOf, listOf, textOf } from "../machine.ts";
import type { PlacedState } from "./definition.ts";
import { inState, type Finding, type Rule } from "./finding.ts";
import { distance } from "./nearest.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation */
const reserved: readonly string[] = [
  "States.ALL",
  "States.BranchFailed",
  "States.DataLimitExceeded",
  "States.ExceedToleratedFailureThreshold",
  "States.HeartbeatTimeout",
  "States.Http.Socket",
  "States.IntrinsicFailure",
  "States.ItemReaderFailed",
  "States.NoChoiceMatched",
  "States.ParameterPathFailure",
  "States.Permissions",
  "States.QueryEvaluationError",
  "States.ResultPathMatchFailure",
  "States.ResultWriterFailed",
  "States.Runtime",
  "States.TaskFailed",
  "States.Timeout",
];
/** Recordings show `States.DataLimitExceeded` of a task's result caught, whatever the documents say. */
const uncatchable: readonly string[] = ["States.Runtime"];
/** `States.Http.StatusCode.404` and the like: https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const httpError = "States.Http.";

const plain = (name: string): string => name.replace(/^states\./i, "").toLowerCase();
const reservedByPlain: ReadonlyMap<string, string> = new Map(reserved.map((name) => [plain(name), name]));

/** The reserved name that was meant: its prefix is missing, its case is another, its end was left off, or a letter differs. */
function meant(name: string): string | undefined {
  const written = plain(name);
  const same = reservedByPlain.get(written);
  if (same !== undefined || !/^states\./i.test(name)) return same;
  const near = [...reservedByPlain].find(([each]) => each.startsWith(written) || distance(each, written) <= 1);
  return near?.[1];
}

/** What is wrong with an error's name, or with a list of them, wherever it stands. */
export type ErrorProblem = Pick<Finding, "code" | "severity" | "message">;

/**
 * Names without the prefix are the services' and the program's own, so nothing but a slip can be told of them. With the
 * prefix, Step Functions raises its own alone; a Fail of the program may have another all the same.
 * https://states-language.net/#errors
 */
function nameProblem(name: string, raised: ReadonlySet<string>): ErrorProblem | undefined {
  const unknown = (severity: ErrorProblem["severity"], message: string): ErrorProblem => ({
    code: "unknown-error",
    severity,
    message,
  });
  if (uncatchable.includes(name))
    return {
      code: "uncatchable-error",
      severity: "warning",
      message: `"${name}" ends the execution: Step Functions does not retry or catch it. Leave it out.`,
    };
  if (reserved.includes(name) || raised.has(name) || name.startsWith(httpError)) return undefined;
  if (name.trim() !== name || name === "")
    return unknown("error", `"${name}" is no error's name: it is empty, or has blanks around it`);
  const [instead, isReserved] = [meant(name), name.startsWith("States.")];
  const message = `"${name}" is not an error of Step Functions.`;
  if (instead !== undefined) return unknown(isReserved ? "error" : "warning", `${message} Did you mean "${instead}"?`);
  return isReserved ? unknown("error", `${message} Give errors of your own names without "States."`) : undefined;
}

/** What holds names of errors. */
type List = "Retry" | "Catch";

interface Handler {
  readonly list: List;
  readonly index: number;
  readonly errors: readonly string[];
}

const handlers = ({ fields }: PlacedState, list: List): Handler[] =>
  listOf(fields[list]).map((each, index) => ({
    list,
    index,
    errors: errorsOf(each),
  }));

const lists = ["Retry", "Catch"] as const;
const forEachList = (
  states: readonly PlacedState[],
  check: (state: PlacedState, all: readonly Handler[]) => Finding[],
): Finding[] => states.flatMap((state) => lists.flatMap((list) => check(state, handlers(state, list))));

export const errorsAreKnown: Rule = ({ states }) => {
  const raised = new Set(states.flatMap(({ type, fields }) => (type === "Fail" ? (textOf(fields.Error) ?? []) : [])));
  return forEachList(states, (state, all) =>
    all.flatMap(({ list, index, errors }) =>
      errors.flatMap((name, position) => {
        const problem = nameProblem(name, raised);
        return problem === undefined ? [] : [{ ...problem, ...inState(state, list, index, "ErrorEquals", position) }];
      }),
    ),
  );
};

/** https://states-language.net/#errors: States.ALL stands alone, in the last retrier or catcher. */
function listProblem(errors: readonly string[], isLast: boolean): ErrorProblem | undefined {
  const wrong = (code: "unknown-error" | "any-error", message: string): ErrorProblem => ({
    code,
    severity: "error",
    message,
  });
  if (errors.length === 0) return wrong("unknown-error", "the list of errors is empty: name at least one");
  if (!errors.includes("States.ALL")) return undefined;
  if (errors.length > 1)
    return wrong("any-error", "States.ALL stands beside other errors: it includes them, so leave them out");
  return isLast
    ? undefined
    : wrong("any-error", "States.ALL comes before other errors, which are then never looked at: put it last");
}

export const anyErrorIsAloneAndLast: Rule = ({ states }) =>
  forEachList(states, (state, all) =>
    all.flatMap(({ list, index, errors }) => {
      // What is no list at all is told of as a field of the wrong type.
      if (!Array.isArray(fieldsOf(listOf(state.fields[list])[index]).ErrorEquals)) return [];
      const problem = listProblem(errors, index === all.length - 1);
      return problem === undefined ? [] : [{ ...problem, ...inState(state, list, index, "ErrorEquals") }];
    }),
  );

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html: TaskFailed is any error but a timeout. */
export const covers = (earlier: string, name: string): boolean =>
  earlier === name || (earlier === "States.TaskFailed" && !name.startsWith("States."));

/** The first that names an error decides, for retriers even when its attempts are used up. */
function coverProblem(errors: readonly string[], earlier: readonly string[], list: List): ErrorProblem | undefined {
  const covered = errors.filter((name) => earlier.some((each) => covers(each, name)));
  if (covered.length === 0) return undefined;
  const what = list === "Retry" ? "retrier" : "catcher";
  const names = covered.map((name) => `"${name}"`).join(", ");
  const rest = covered.length === errors.length ? `so this ${what} is never used` : `so this ${what} never sees them`;
  return {
    code: "covered-error",
    severity: "warning",
    message: `an earlier ${what} takes ${names}, ${rest}: leave them out, or put them first`,
  };
}

export const handlersAreReached: Rule = ({ states }) =>
  forEachList(states, (state, all) =>
    all.flatMap(({ list, index, errors }) => {
      const earlier = all.slice(0, index).flatMap((each) => each.errors);
      const problem = coverProblem(errors, earlier, list);
      return problem === undefined ? [] : [{ ...problem, ...inState(state, list, index, "ErrorEquals") }];
    }),
  );

/** All that is to be told of the retriers, or of the catchers, of one step. @param raised names that the program raises */
export const errorProblems = (
  all: readonly (readonly string[])[],
  list: List,
  raised: ReadonlySet<string>,
): ErrorProblem[] =>
  all.flatMap((errors, index) =>
    [
      ...errors.map((name) => nameProblem(name, raised)),
      listProblem(errors, index === all.length - 1),
      coverProblem(errors, all.slice(0, index).flat(), list),
    ].flatMap((problem) => problem ?? []),
  );
