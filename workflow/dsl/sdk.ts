/** AWS SDK integrations: the ASL resource of a v3 command, parameter names as Step Functions wants them, results as it gives them. */
import * as z from "zod";
import type { RefBase } from "./ref.ts";

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

/**
 * Step Functions writes the names of parameters and results in PascalCase, whatever the SDK's case, at every depth; the
 * keys of maps are data.
 */
type Pascal<K> = string extends K ? K : K extends string ? Capitalize<K> : K;

type Bytes = Uint8Array | { transformToByteArray: (...args: never) => unknown };

/** A result as it is in ASL: timestamps are text, and so are bytes. */
export type SdkOutput<T> = T extends Date | Bytes
  ? string
  : T extends readonly (infer E)[]
    ? SdkOutput<E>[]
    : T extends object
      ? { [K in keyof T as K extends "$metadata" ? never : Pascal<K>]: SdkOutput<T[K]> }
      : T;

/** Parameters as they are in ASL: values or references, at every depth. */
export type SdkInput<T> =
  | RefBase<SdkOutput<T>>
  | (T extends Date | Bytes
      ? string
      : T extends readonly (infer E)[]
        ? readonly SdkInput<E>[]
        : T extends object
          ? { readonly [K in keyof T as Pascal<K>]: SdkInput<T[K]> }
          : T);
