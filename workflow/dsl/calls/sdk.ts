/** Any other API of AWS: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
import type { Resolve } from "../ref.ts";
import { sdkResource, type SdkCommand } from "../sdk.ts";
import type { CheckInput, SdkOutput } from "../sdk_types.ts";
import { allow, type Statement } from "../statement.ts";
import type { CallbackCall } from "./call.ts";

/**
 * A call of the API that the command of the AWS SDK is for: its parameters and its result have the command's types, with
 * names in PascalCase and times as text, as Step Functions has them; what may be missing while the machine runs is no
 * parameter: `withDefault(reference, …)`. The machine may make the call on the ARNs given;
 * `"*"` is for what AWS offers no resource level for. Statements instead of ARNs are for an API that needs several actions, each
 * on something else.
 */
export const sdk = <I extends object, O extends object, const P>(
  command: SdkCommand<I, O>,
  // `& {}` leaves it to the command alone to say what `I` is.
  input: CheckInput<P, I & {}>,
  ...on: readonly (string | Statement)[]
): CallbackCall<SdkOutput<O>, Resolve<P>> => {
  const resource = sdkResource(command);
  const arns = on.filter((each) => typeof each === "string");
  return {
    resource,
    callback: `${resource}.waitForTaskToken`,
    arguments: input,
    permissions: arns.length < on.length ? on.filter((each) => typeof each !== "string") : [allow([command], ...arns)],
  };
};
