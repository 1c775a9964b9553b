/** Models of Amazon Bedrock: https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html */
import type { BedrockModel } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Call } from "./call.ts";

/** `T` is the model's answer; its shape is each model's own, as is that of the body. */
export const invokeModel = <T>(model: BedrockModel, body: object): Call<T> => ({
  resource: "arn:aws:states:::bedrock:invokeModel",
  arguments: { ModelId: model.id, Body: body, ContentType: "application/json", Accept: "application/json" },
  yields: "$states.result.Body",
  permissions: [allow(["bedrock:InvokeModel"], model.arn)],
});
