/**
 * Lets all branches come to their end, whatever becomes of one of them, and fails afterwards where one did.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/explicit-failure-with-parallel-states
 */
import * as z from "zod";
import {
  AnyError,
  and,
  eq,
  invoke,
  lambdaFunction,
  text,
  workflow,
  type Flow,
  type LambdaFunction,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "explicit_failure",
  { input: z.object({}), resources: { one: lambdaFunction(), other: lambdaFunction() } },
  (flow, _, aws) => {
    const attempt = (name: string, service: LambdaFunction) => (flow: Flow) =>
      flow
        .try(`Try${name}`, (flow) => {
          flow.task(`Run${name}`, invoke(service, {}));
          return "fine";
        })
        .catch(AnyError, (_, error) => error.Error);
    const ends = flow.parallel("All", { one: attempt("One", aws.one), other: attempt("Other", aws.other) });
    return flow.if(
      "AllFine",
      and(eq(ends.one, "fine"), eq(ends.other, "fine")),
      () => ends,
      (flow) => flow.fail("SomeFailed", { error: "SomeFailed", cause: text`one: ${ends.one}, other: ${ends.other}` }),
    );
  },
);

const slow = ({ sleep }: { sleep: (seconds: number) => Promise<void> }): Promise<object> =>
  sleep(30).then(() => ({ Payload: null }));

export const explicitFailure = example(machine, {
  "ends well where all do": {
    input: {},
    tasks: { RunOne: slow, RunOther: slow },
    output: { one: "fine", other: "fine" },
    seconds: 30,
  },
  "waits for the other before it fails": {
    input: {},
    tasks: { RunOne: new TaskError("Broken"), RunOther: slow },
    error: "SomeFailed",
    cause: "one: Broken, other: fine",
    seconds: 30,
  },
});
