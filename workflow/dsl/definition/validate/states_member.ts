/** Whether `$states` has the member that an expression reads, in the field where it reads it. */
import type { Expression } from "./expressions.ts";
import { error, warning, type Finding, type Rule } from "./finding.ts";
import { isCallback, isJob } from "./integrations.ts";
import { didYouMean } from "./nearest.ts";
import { placeOf } from "./syntax.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#reserved-variable-states */
const members = ["context", "errorOutput", "input", "result"];

const withResult: readonly (string | undefined)[] = ["Task", "Parallel", "Map"];

const hasResult = ({ state, field }: Expression): boolean =>
  withResult.includes(state.type) && (field === "Output" || field === "Assign");

function misread(expression: Expression, read: readonly string[]): Finding[] {
  const { state, field } = expression;
  const [member] = read;
  const place = placeOf(expression);
  switch (member) {
    case undefined:
    case "input":
      return [];
    case "result":
      return hasResult(expression)
        ? []
        : [
            error(
              "states-member",
              place,
              "$states.result exists only in Output and Assign of a Task, Parallel or Map: read it there, and keep it in a variable",
            ),
          ];
    case "errorOutput":
      return field === "Catch"
        ? []
        : [
            error(
              "states-member",
              place,
              "$states.errorOutput exists only in Output and Assign of a catcher: keep it there in a variable",
            ),
          ];
    case "context":
      return read[1] === "Task" && !isCallback(state) && !isJob(state)
        ? [
            warning(
              "states-member",
              place,
              "$states.context.Task exists only in a task that waits for a token: end its Resource with .waitForTaskToken",
            ),
          ]
        : [];
    default:
      return [
        error(
          "states-member",
          place,
          `$states has no member "${member}": it has ${members.join(", ")}.${didYouMean(member, members)}`,
        ),
      ];
  }
}

export const statesMembersExist: Rule = ({ expressions }) =>
  expressions.flatMap((each) => each.reading.states.flatMap((read) => misread(each, read)));
