/** Models of Amazon Bedrock: https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html */
import type * as z from "zod";
import type { CheckPayload } from "../json_types.ts";
import type { Resolve } from "../ref.ts";
import type { BedrockModel } from "../resources/index.ts";
import { allow } from "../statement.ts";
import type { Answered, Call } from "./call.ts";

/** Asks the model. The shape of the body is each model's own, as is that of its answer. */
export const invokeModel = <const P extends object, A extends z.ZodType = z.ZodType>(
  model: BedrockModel,
  body: CheckPayload<P> & P,
  { answer }: Answered<A> = {},
): Call<z.input<A>, { ModelId: string; Body: Resolve<P>; ContentType: string; Accept: string }> => ({
  resource: "arn:aws:states:::bedrock:invokeModel",
  arguments: { ModelId: model.id, Body: body, ContentType: "application/json", Accept: "application/json" },
  yields: "$states.result.Body",
  schema: answer,
  permissions: [allow(["bedrock:InvokeModel"], model.arn)],
});
