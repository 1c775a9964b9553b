/** Whether error names are ones that can occur, and stand where Step Functions takes them. */
import type { StepNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

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
const uncatchable: readonly string[] = ["States.DataLimitExceeded", "States.Runtime"];

const plain = (name: string): string => name.replace(/^states\./i, "").toLowerCase();

/** The reserved name that was meant: its prefix is missing, its case is another, or its end was left off or added to. */
function meant(name: string): string | undefined {
  const [written, isReserved] = [plain(name), /^states\./i.test(name)];
  const same = reserved.find((each) => plain(each) === written);
  if (same !== undefined || !isReserved) return same;
  return reserved.find((each) => plain(each).startsWith(written) || written.startsWith(plain(each)));
}

/** Names without the prefix are the services' and the program's own, so nothing but a slip can be told of them. */
function nameProblem(name: string): string | undefined {
  if (uncatchable.includes(name)) return `"${name}" can't be caught or retried in Step Functions`;
  if (reserved.includes(name)) return undefined;
  if (name.trim() !== name || name === "") return `"${name}" is no error's name: it is empty, or has blanks around it`;
  const instead = meant(name);
  if (instead === undefined && !name.startsWith("States.")) return undefined;
  return `"${name}" is not an error of Step Functions${instead === undefined ? "" : `; "${instead}" is`}`;
}

/** Its retriers' and its catchers' names, in their order. */
const lists = (step: StepNode): (readonly string[])[][] => {
  switch (step.kind) {
    case "task":
    case "parallel":
    case "map":
    case "distributed-map":
      return [step.retry.map(({ errors }) => errors)];
    case "try":
      return [step.retry.map(({ errors }) => errors), step.handlers.map(({ errors }) => errors)];
    case "pass":
    case "choice":
    case "wait":
    case "loop":
    case "succeed":
    case "fail":
      return [];
  }
};

export const knownErrors: Rule = ({ program }) =>
  allSteps(program).flatMap((step) =>
    [...new Set(lists(step).flat(2))].flatMap((name) => {
      const message = nameProblem(name);
      return message === undefined ? [] : [problem("unknown-error", step, message)];
    }),
  );

/** https://states-language.net/#errors: States.ALL stands alone, in the last retrier or catcher. */
export const anyErrorAlone: Rule = ({ program }) =>
  allSteps(program).flatMap((step) =>
    lists(step).flatMap((all) =>
      all.flatMap((errors, index) => {
        if (errors.length === 0)
          return [problem("unknown-error", step, "a list of errors is empty: name at least one")];
        if (!errors.includes("States.ALL")) return [];
        if (errors.length > 1) {
          return [
            problem("any-error", step, "AnyError stands beside other errors: it includes them, so leave them out"),
          ];
        }
        return index === all.length - 1
          ? []
          : [
              problem(
                "any-error",
                step,
                "AnyError comes before other errors, which are then never looked at: put it last",
              ),
            ];
      }),
    ),
  );
