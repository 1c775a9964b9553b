/** Whether a callback's request carries the token that it is answered by. */
import { bindingsOf, textsOf } from "../reference.ts";
import { allSteps } from "../walk.ts";
import { problem, type Rule } from "./rule.ts";

/** How a token is read, and what a program that writes its JSONata by hand may read it from. */
const token = /\$states\.context(\.Task\b|(?!\.))/;

export const tokensAreSent: Rule = ({ program }) =>
  allSteps(program).flatMap((step) => {
    if (step.kind !== "task" || !step.resource.endsWith(".waitForTaskToken")) return [];
    const read = [...bindingsOf(step.arguments).map(({ text }) => text), ...textsOf(step.arguments)];
    return read.some((each) => token.test(each))
      ? []
      : [
          problem(
            "callback-without-token",
            step,
            "nobody can answer it: its function is given the token, and leaves it out of what it returns. Put it into the request, or into the Lambda's payload.",
          ),
        ];
  });
