/** AWS SDK integrations: the ASL resource of a v3 command, parameter names as Step Functions wants them, results as it gives them. */

/** What identifies a command class: its constructor takes the input, its instance carries the schema. */
export interface SdkCommand<I extends object, O extends object> {
  new (input: I): {
    readonly schema?: unknown;
    readonly input: I;
    resolveMiddleware(...args: never): (...args: never) => Promise<{ output: O }>;
  };
}

/** The service's name in ASL where it is not the last part of the model's namespace. */
const serviceNames: Readonly<Record<string, string>> = { cloudwatchlogs: "cloudwatchlogs", sfn: "sfn" };

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * `arn:aws:states:::aws-sdk:{service}:{action}`: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkResource(command: new (input: never) => { readonly schema?: unknown }): string {
  const { schema } = Reflect.construct(command, [{}]) as { schema?: unknown };
  const [, namespace, operation] = Array.isArray(schema) ? schema : [];
  if (typeof namespace !== "string" || typeof operation !== "string") {
    throw new TypeError(`${command.name} carries no schema: use a command of the AWS SDK for JavaScript v3`);
  }
  const service = namespace.split(".").at(-1) ?? namespace;
  return `arn:aws:states:::aws-sdk:${serviceNames[service] ?? service}:${lowerFirst(operation)}`;
}

/** A result as it is in ASL: timestamps are text. */
export type Serialized<T> = T extends Date
  ? string
  : T extends Uint8Array
    ? string
    : T extends readonly (infer E)[]
      ? Serialized<E>[]
      : T extends object
        ? { [K in keyof T]: Serialized<T[K]> }
        : T;

/** Step Functions wants parameter names in PascalCase, whatever the SDK's case; keys of maps further down are data. */
export const pascalCase = (input: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]));
