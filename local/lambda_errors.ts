/**
 * A Lambda's error with its name. The emulator reports only an error's message, so a module beside the untouched bundle
 * writes name, message and stack into that (lambda_bootstrap.cjs), and this reads them back into what Lambda itself
 * reports: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
import * as z from "zod";

/** The handler that the emulator calls, and the variable that tells it the real one. */
export const bootstrap = {
  file: "lakehouse_bootstrap.js",
  handler: "lakehouse_bootstrap.handler",
  variable: "LAKEHOUSE_HANDLER",
};

const mark = "lakehouse-error:";
const lambdaError = z.object({
  errorType: z.string().default("Error"),
  errorMessage: z.string().default(""),
  trace: z.array(z.string()).default([]),
});
export type LambdaError = z.infer<typeof lambdaError>;

/** @param payload the response's payload, where the response has a FunctionError */
export function readLambdaError(payload: string): LambdaError {
  const reported = lambdaError.parse(JSON.parse(payload));
  if (!reported.errorMessage.startsWith(mark)) return reported;
  return lambdaError.parse(JSON.parse(reported.errorMessage.slice(mark.length)));
}
