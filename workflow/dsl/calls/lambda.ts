/** Functions that are not part of the workflow: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
import type * as z from "zod";
import type { CheckPayload } from "../json_types.ts";
import type { Resolve } from "../ref.ts";
import type { LambdaFunction } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Answered, CallbackCall } from "./call.ts";

/** Calls the function, and yields what it returns. */
export const invoke = <const P, A extends z.ZodType = z.ZodType>(
  lambda: LambdaFunction,
  payload: CheckPayload<P> & P,
  { answer }: Answered<A> = {},
): CallbackCall<z.input<A>, { FunctionName: string; Payload: Resolve<P> }> => ({
  resource: "arn:aws:states:::lambda:invoke",
  callback: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  arguments: { FunctionName: lambda.arn, Payload: payload },
  yields: "$states.result.Payload",
  schema: answer,
  permissions: [allow(["lambda:InvokeFunction"], lambda.arn)],
});
