/** Other machines and activities: https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
import type * as z from "zod";
import type { CheckPayload } from "../json_types.ts";
import type { Resolve, Value } from "../ref.ts";
import type { Activity, StateMachine } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Answered, Call, CallbackCall } from "./call.ts";
import { eventsRule } from "./events_rule.ts";

interface Started<I> {
  readonly StateMachineArn: string;
  readonly Input: I;
  readonly Name?: string;
}

/** Starts an execution and goes on. A name that was used with another input fails the step. */
export const startExecution = <I>(
  machine: StateMachine<I, unknown>,
  input: Value<I>,
  name?: Value<string>,
): CallbackCall<{ ExecutionArn: string; StartDate: string }, Started<I>> => ({
  resource: "arn:aws:states:::states:startExecution",
  callback: "arn:aws:states:::states:startExecution.waitForTaskToken",
  arguments: { StateMachineArn: machine.arn, Input: input, Name: name },
  permissions: [allow(["states:StartExecution"], machine.arn)],
});

/**
 * Runs an execution to its end, and yields its output; one that fails fails the step. A redrive runs the Task again, which
 * starts another execution, so it needs nothing more.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html#sync-async-iam-policies,
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export const runExecution = <I, O>(
  machine: StateMachine<I, O>,
  input: Value<I>,
  name?: Value<string>,
): Call<O, Started<I>> => ({
  resource: "arn:aws:states:::states:startExecution.sync:2",
  arguments: { StateMachineArn: machine.arn, Input: input, Name: name },
  yields: "$states.result.Output",
  permissions: [
    allow(["states:StartExecution"], machine.arn),
    allow(["states:DescribeExecution", "states:StopExecution"], `${machine.executionsArn}:*`),
    eventsRule("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
  ],
});

/** Work for whoever polls the activity: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html */
export const runActivity = <const P, A extends z.ZodType = z.ZodType>(
  activity: Activity,
  input: CheckPayload<P> & P,
  { answer }: Answered<A> = {},
): Call<z.input<A>, Resolve<P>> => ({
  resource: activity.arn,
  arguments: input,
  schema: answer,
  // Its workers come to Step Functions; the machine calls nobody.
  permissions: [],
});
