import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect } from "chai";
import * as z from "zod";
import { awsCalls, type AwsCalls } from "../../../../workflow/dsl/bundle/aws_calls.ts";
import { bundleHandler } from "../../../../workflow/dsl/bundle/index.ts";
import { allow, compile, s3Bucket, snsTopic, workflow, type LambdaOptions } from "../../../../workflow/dsl/index.ts";
import { unallowed } from "../../../../workflow/dsl/permissions/unallowed.ts";
import { lakehouse } from "../../../../workflow/lakehouse.ts";
import { project, removeProjects } from "../bundle/sandbox.ts";
import { copyAll, count, look, read, tell } from "./aws_helpers.ts";

const resources = { data: s3Bucket(), topic: snsTopic() };
const input = z.object({ name: z.string() });

describe("What a Lambda's code calls", function () {
  this.timeout(30_000);
  after(removeProjects);

  it("is told where its permissions don't allow it: in helpers, conditions, arrays and paginators", async () => {
    const { findings } = await compile(
      workflow("calls", { input, resources }, (flow, { name }, aws) => {
        flow.lambda("Read", { name }, async (event) => read(event.name, "key"));
        flow.lambda("Tell", { name }, async (event) => tell(event.name, []), {
          permissions: [allow(["sns:Publish"], aws.topic.arn)],
        });
        flow.lambda("Look", { name }, async (event) => look(event.name), {
          permissions: [allow([ListObjectsV2Command], aws.data.arn)],
        });
        flow.lambda("Count", { name }, async (event) => count(event.name));
        flow.lambda("None", { name }, async (event) => Promise.resolve(event.name));
      }),
    );
    const lacks = (command: string, action: string): string =>
      `its code has ${command}, and its \`permissions\` don't allow ${action}: add allow([${command}], …ARNs) to them. ` +
      'If it never sends it, say so: accept: { "unallowed-call": "…" }.';
    expect(findings.map(({ code, state, message }) => [code, state, message])).to.deep.equal([
      ["unallowed-call", "Read", lacks("GetObjectCommand", "s3:GetObject")],
      ["unallowed-call", "Look", lacks("GetBucketTaggingCommand", "s3:GetBucketTagging")],
      ["unallowed-call", "Count", lacks("ListObjectsV2Command", "s3:ListBucket")],
    ]);
  });

  it("is told to be unseen where a client has all operations as methods, unless that is accepted", async () => {
    const findingsOf = async (options: LambdaOptions): Promise<unknown[]> => {
      const write = workflow("whole", { input, resources }, (flow, { name }) => {
        flow.lambda("Copy", { name }, async (event) => copyAll(event.name), options);
      });
      return (await compile(write)).findings.map(({ code, message }) => [code, message]);
    };
    expect(await findingsOf({ permissions: [] })).to.deep.equal([
      [
        "unseen-call",
        "its code has S3 of @aws-sdk/client-s3, which doesn't tell what it calls: name the actions in its " +
          '`permissions`, such as allow(["s3:PutObject"], …ARNs), and say that they are all: ' +
          'accept: { "unseen-call": "…" }. Commands (new PutObjectCommand(…)) tell by themselves.',
      ],
    ]);
    expect(await findingsOf({ accept: { "unseen-call": "headBucket alone" } })).to.deep.equal([]);
  });

  it("is seen through packages that build on the clients, and signers without a command are told", async () => {
    const client = "packages/node_modules/@aws-sdk/client-dynamodb";
    const lib = "packages/node_modules/@aws-sdk/lib-dynamodb";
    const presigner = "packages/node_modules/@aws-sdk/s3-request-presigner";
    const post = "packages/node_modules/@aws-sdk/s3-presigned-post";
    const pure = `{ "type": "module", "sideEffects": false, "module": "./dist-es/index.js" }`;
    const folder = project({
      [`${client}/package.json`]: pure,
      [`${client}/dist-es/index.js`]: `export * from "./commands/GetItemCommand.js";\nexport * from "./commands/PutItemCommand.js";\n`,
      [`${client}/dist-es/commands/GetItemCommand.js`]: `export class GetItemCommand {}\n`,
      [`${client}/dist-es/commands/PutItemCommand.js`]: `export class PutItemCommand {}\n`,
      [`${lib}/package.json`]: pure,
      [`${lib}/dist-es/index.js`]: `export * from "./commands/GetCommand.js";\nexport * from "./commands/PutCommand.js";\n`,
      [`${lib}/dist-es/commands/GetCommand.js`]: `import { GetItemCommand } from "@aws-sdk/client-dynamodb";\nexport class GetCommand { inner = new GetItemCommand(); }\n`,
      [`${lib}/dist-es/commands/PutCommand.js`]: `import { PutItemCommand } from "@aws-sdk/client-dynamodb";\nexport class PutCommand { inner = new PutItemCommand(); }\n`,
      [`${presigner}/package.json`]: pure,
      [`${presigner}/dist-es/index.js`]: `export const getSignedUrl = async (client, command) => "https:" + typeof command;\n`,
      [`${post}/package.json`]: pure,
      [`${post}/dist-es/index.js`]: `export const createPresignedPost = async () => "https:";\n`,
      "packages/own.ts": [
        `import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";`,
        `import { getSignedUrl } from "@aws-sdk/s3-request-presigner";`,
        `import { createPresignedPost } from "@aws-sdk/s3-presigned-post";`,
        `import { GetCommand } from "@aws-sdk/lib-dynamodb";`,
        `export const handler = async () => [new GetCommand(), await createPresignedPost(),`,
        `  await getSignedUrl(new S3Client({}), new GetObjectCommand({ Bucket: "b", Key: "k" }))];`,
      ].join("\n"),
    });
    const { calls } = await bundleHandler(join(folder, "packages/own.ts"), "handler");
    expect(calls).to.deep.equal({
      operations: [
        { service: "dynamodb", name: "GetItem" },
        { service: "s3", name: "GetObject" },
      ],
      unseen: ["@aws-sdk/s3-presigned-post"],
    });
  });

  it("is nothing that the lakehouse's Lambdas are not allowed", async () => {
    expect((await compile(lakehouse)).findings).to.deep.equal([]);
  });

  it("may need one action of several, by its input", () => {
    const calls: AwsCalls = { operations: [{ service: "dynamodb", name: "TransactWriteItems" }], unseen: [] };
    expect(unallowed(calls, [allow(["dynamodb:PutItem"], "${table.arn}")])).to.deep.equal([]);
    expect(unallowed(calls, [allow(["dynamodb:GetItem"], "${table.arn}")])).to.have.lengthOf(1);
  });

  it("needs all actions of an operation that needs several", () => {
    const calls: AwsCalls = { operations: [{ service: "s3", name: "CopyObject" }], unseen: [] };
    const [found] = unallowed(calls, [allow([GetObjectCommand], "${data.arn}/*")]);
    expect(found?.message).to.contain("don't allow s3:PutObject:");
  });

  it("has the service's name from the client's package", () => {
    const folder = join(import.meta.dirname, "../../../../node_modules/@aws-sdk");
    const clients = readdirSync(folder).filter((name) => name.startsWith("client-"));
    expect(clients.length).to.be.greaterThan(5);
    for (const client of clients) {
      const schemas = readFileSync(join(folder, client, "dist-es/schemas/schemas_0.js"), "utf8");
      const service = /"com\.amazonaws\.(\w+)"/.exec(schemas)?.[1];
      const file = `/x/node_modules/@aws-sdk/${client}/dist-es/commands/GoCommand.js`;
      const { operations } = awsCalls(new Map([[file, { imports: [], bytes: 1 }]]));
      expect(operations).to.deep.equal([{ service, name: "Go" }]);
    }
  });
});
