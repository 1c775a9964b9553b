/** AWS SDK integrations: the ASL resource of a v3 command, parameter names as Step Functions wants them, results as it gives them. */
import * as z from "zod";

/** A command class of the SDK: its constructor takes the input, its instances carry the operation's schema. */
export type SdkCommand<I extends object, O extends object> = new (input: I) => {
  readonly input: I;
  resolveMiddleware(...args: never): (...args: never) => Promise<{ readonly output: O }>;
};

/** The schema that commands carry: its second and third members are the model's namespace and the operation. */
const commandSchema = z.looseObject({ schema: z.tuple([z.unknown(), z.string(), z.string()], z.unknown()) });

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * `arn:aws:states:::aws-sdk:{service}:{action}`: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkResource<I extends object, O extends object>(command: SdkCommand<I, O>): string {
  const { success, data } = commandSchema.safeParse(Reflect.construct(command, [{}]));
  if (!success)
    throw new TypeError(`${command.name} carries no schema: use a command of the AWS SDK for JavaScript v3`);
  const [, namespace, operation] = data.schema;
  const service = namespace.split(".").at(-1) ?? namespace;
  return `arn:aws:states:::aws-sdk:${service}:${lowerFirst(operation)}`;
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
