/** Functions that are not part of the workflow: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
import type { LambdaFunction } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { CallbackCall } from "./call.ts";

/** `T` is what the function returns: nothing checks it. */
export const invoke = <T>(lambda: LambdaFunction, payload: unknown): CallbackCall<T> => ({
  resource: "arn:aws:states:::lambda:invoke",
  callback: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  arguments: { FunctionName: lambda.arn, Payload: payload },
  yields: "$states.result.Payload",
  permissions: [allow(["lambda:InvokeFunction"], lambda.arn)],
});
