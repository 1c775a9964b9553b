/** Which APIs of AWS the code of a bundle can call: told by the commands of the SDK that tree shaking left in it. */
import type { Operation } from "../sdk.ts";
import type { Input } from "./esbuild.ts";

export interface AwsCalls {
  /** Of the commands in the code, wherever it has them: in helpers, arrays, paginators, waiters or presigners. */
  readonly operations: readonly Operation[];
  /** What calls AWS so that its operations can't be told: packages, or clients that have all operations as methods. */
  readonly unseen: readonly string[];
}

/** A file of a client; the SDK names its packages as its models, with dashes. */
const clientFile =
  /[\\/]node_modules[\\/](@aws-sdk[\\/]client-([^\\/]+))[\\/]dist-es[\\/](?:(commands)[\\/])?(\w+)\.js$/;

/** What signs requests without a command. */
const signers = [
  "@aws-sdk/dsql-signer",
  "@aws-sdk/rds-signer",
  "@aws-sdk/s3-presigned-post",
  "aws-sdk",
  "aws4",
  "aws4fetch",
];

/** The session of a directory bucket, which each client of S3 opens by itself where it is given one. */
const ownCalls: ReadonlySet<string> = new Set(["CreateSession"]);

const packageOf = (file: string): string | undefined =>
  /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]?.replace("\\", "/");

export function awsCalls(inputs: ReadonlyMap<string, Input>): AwsCalls {
  const files = [...inputs].flatMap(([file, { bytes }]) => (bytes > 0 ? [file] : []));
  const clients = files.flatMap((file) => {
    const [, name = "", service = "", folder, module = ""] = clientFile.exec(file) ?? [];
    return name === "" ? [] : [{ name: name.replace("\\", "/"), service: service.replaceAll("-", ""), folder, module }];
  });
  // `S3` of `@aws-sdk/client-s3` is made of all its commands, `S3Client` of none.
  const whole = clients.filter(({ folder, module }) => folder === undefined && /^[A-Z](?!.*Client$)/.test(module));
  const operations = clients
    .filter(({ name, folder }) => folder !== undefined && !whole.some((each) => each.name === name))
    .flatMap(({ service, module }) => {
      const name = /^(\w+)Command$/.exec(module)?.[1];
      return name === undefined || ownCalls.has(name) ? [] : [{ service, name }];
    });
  const unseen = [
    ...whole.map(({ name, module }) => `${module} of ${name}`),
    ...signers.filter((each) => files.some((file) => packageOf(file) === each)),
  ];
  return {
    operations: operations.sort((one, other) => (one.service + one.name < other.service + other.name ? -1 : 1)),
    unseen,
  };
}
