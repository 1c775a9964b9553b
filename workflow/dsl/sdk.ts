/** AWS SDK integrations: the ASL resource of a v3 command, and the names of its errors. */
import * as z from "zod";
import { mistake } from "./mistakes.ts";

/** A command class of the SDK: its constructor takes the input, its instances carry the operation's schema. */
export type SdkCommand<I extends object, O extends object> = new (input: I) => {
  readonly input: I;
  resolveMiddleware(...args: never): (...args: never) => Promise<{ readonly output: O }>;
};

/** Any of them, where neither its input nor its output matters. */
export type AnyCommand = new (input: never) => {
  readonly input: object;
  resolveMiddleware(...args: never): (...args: never) => Promise<unknown>;
};

/** An operation of a service's model: `{ service: "cloudwatchlogs", name: "PutLogEvents" }`. */
export interface Operation {
  readonly service: string;
  readonly name: string;
}

/** It works on nothing. */
const standIn: Operation = { service: "sts", name: "GetCallerIdentity" };

/** The schema that commands carry: its second and third members are the model's namespace and the operation. */
const commandSchema = z.looseObject({ schema: z.tuple([z.unknown(), z.string(), z.string()], z.unknown()) });

/**
 * The operation that a command calls; undefined, and a mistake, if the class is no command of the AWS SDK v3.
 * @throws TypeError if it is none, and no workflow is being written
 */
export function operationOf(command: AnyCommand): Operation | undefined {
  const { success, data } = commandSchema.safeParse(Reflect.construct(command, [{}]));
  if (!success) {
    const why = `${command.name} carries no schema: use a command of the AWS SDK for JavaScript v3`;
    mistake("wrong-call", new TypeError(why));
    return undefined;
  }
  const [, namespace, name] = data.schema;
  return { service: namespace.split(".").at(-1) ?? namespace, name };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * `arn:aws:states:::aws-sdk:{service}:{action}`. Step Functions names services as the SDK for Java does: the service's
 * id without blanks in lower case, which is the last part of the model's namespace.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function sdkResource(command: AnyCommand): string {
  const { service, name } = operationOf(command) ?? standIn;
  return `arn:aws:states:::aws-sdk:${service}:${lowerFirst(name)}`;
}

/** An error class of the SDK, such as `CrawlerRunningException` of `@aws-sdk/client-glue`. */
export type SdkError = new (options: never) => Error & { readonly $fault: "client" | "server" };

/** Names of which the SDK for JavaScript leaves out the blanks between words that are all capitals. */
const unspaced: Readonly<Record<string, string>> = {
  ACMPCA: "ACM PCA",
  CloudHSMV2: "CloudHSM V2",
  ECRPUBLIC: "ECR PUBLIC",
  SSOOIDC: "SSO OIDC",
};

/** Where the SDK for Java, whose names Step Functions uses, sees a new word: `DynamoDB`, `SESv2`, `SSOAdmin`, `S3Control`. */
const wordStart =
  / |(?<=[A-Z]{2})(?=v\d)|(?<=[a-z]{2})(?=V\d)|(?<=[a-z])(?=[A-Z][A-Za-z\d])|(?<=[A-Z])(?=[A-Z](?!v\d)[a-z])|(?<=\d)(?=[A-Za-z])/;

const pascalCase = (name: string): string =>
  (unspaced[name] ?? name.replaceAll("IoT", "Iot"))
    .split(wordStart)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");

/**
 * The name under which Step Functions reports an error of an AWS SDK integration: `errorName(CrawlerRunningException)`
 * is `Glue.CrawlerRunningException`. Service and error are in PascalCase, and where the API has no suffix, Step
 * Functions adds `Exception`: S3's `NoSuchBucket` is `S3.NoSuchBucketException`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html#use-awssdk-integ
 * @throws TypeError if the class is no error of a service, and no workflow is being written that could tell of it
 */
export function errorName(error: SdkError): string {
  const base: unknown = Object.getPrototypeOf(error);
  const service = typeof base === "function" ? /^(\w+)ServiceException$/.exec(base.name)?.[1] : undefined;
  if (service === undefined) {
    const why = `${error.name} is no error of a service: use an exception that an AWS SDK for JavaScript v3 client exports`;
    mistake("wrong-call", new TypeError(why));
    return "NoError";
  }
  return `${pascalCase(service)}.${error.name.replace(/(Exception)?$/, "Exception")}`;
}
