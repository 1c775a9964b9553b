import { ListCrawlersCommand, StartCrawlerCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import {
  allow,
  athenaWorkgroup,
  batchJob,
  batchQueue,
  bedrockModel,
  define,
  dynamoTable,
  ecsCluster,
  ecsTask,
  eventBus,
  fetchHttp,
  glueCrawler,
  glueDatabase,
  glueJob,
  httpConnection,
  invoke,
  invokeModel,
  itemsOf,
  lambdaFunction,
  publish,
  putEvent,
  runExecution,
  runTask,
  s3Bucket,
  sendMessage,
  snsTopic,
  sqsQueue,
  startJobRun,
  stateMachine,
  submitJob,
  type Statement,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { overlap } from "../../../../workflow/dsl/permissions/arn.ts";
import { tokenArns } from "../../../../workflow/dsl/permissions/kinds.ts";
import { reviewPermissions, type PermissionCode } from "../../../../workflow/dsl/permissions/review.ts";

const aws = {
  jobs: { orders: glueJob().at("jobs.orders") },
  crawler: glueCrawler().at("crawler"),
  database: glueDatabase().at("database"),
  workgroup: athenaWorkgroup().at("workgroup"),
  raw: s3Bucket().at("raw"),
  alerts: snsTopic().at("alerts"),
  bus: eventBus().at("bus"),
  child: stateMachine<unknown, unknown>().at("child"),
  cluster: ecsCluster().at("cluster"),
  connection: httpConnection().at("connection"),
  container: ecsTask().at("container"),
  definition: batchJob().at("definition"),
  function: lambdaFunction().at("function"),
  model: bedrockModel().at("model"),
  queue: sqsQueue().at("queue"),
  table: dynamoTable().at("table"),
  waiting: batchQueue().at("waiting"),
};
const arns = tokenArns(aws);

const problemsOf = async (statement: Statement): Promise<(readonly [PermissionCode, string])[]> =>
  (await reviewPermissions([statement], arns)).problems.map(({ code, message }) => [code, message]);

describe("A review of permissions", () => {
  const sound: readonly [what: string, statement: Statement][] = [
    ["a job", allow([StartJobRunCommand, "glue:BatchStopJobRun"], aws.jobs.orders.arn)],
    ["objects", allow([GetObjectCommand], aws.raw.objects("raw/*"))],
    ["a bucket", allow([ListObjectsV2Command], aws.raw.arn)],
    [
      "a catalog with its database and tables",
      allow(["glue:GetTables"], aws.database.catalogArn, aws.database.arn, aws.database.tablesArn),
    ],
    ["a workgroup", allow(["athena:StartQueryExecution"], aws.workgroup.arn)],
    ["a topic", allow(["sns:Publish"], aws.alerts.arn)],
    ["the very function of a step", allow(["lambda:InvokeFunction"], "${lambda.Sift.arn}")],
    ["the machine", allow(["states:StartExecution", "states:InvokeHTTPEndpoint"], "${machine.arn}")],
    [
      "its executions",
      allow(
        ["states:DescribeExecution", "states:StopExecution"],
        "${machine.executionsArn}:*",
        "${machine.executionsArn}/*",
      ),
    ],
    ["an ARN that is written out", allow(["sqs:SendMessage"], "arn:aws-cn:sqs:cn-north-1:123456789012:orders")],
    ["a log group with slashes in its name", allow(["logs:PutLogEvents"], "arn:aws:logs:*:1:log-group:/aws/a:*")],
    ["a token of which nothing is known", allow(["glue:StartCrawler"], "${other.arn}")],
    ["an ARN with such a token in it", allow(["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:${account.id}:orders")],
  ];
  for (const [what, statement] of sound) {
    it(`has nothing to say of ${what}`, async () => {
      expect(await reviewPermissions([statement], arns)).to.deep.equal({ statements: [statement], problems: [] });
    });
  }

  it("has nothing to say of what the DSL's own calls need", async () => {
    const calls = [
      startJobRun(aws.jobs.orders),
      invoke(aws.function, {}),
      publish(aws.alerts, { message: "" }),
      sendMessage(aws.queue, ""),
      putEvent(aws.bus, { source: "", type: "", detail: {} }),
      runTask(aws.cluster, aws.container),
      submitJob(aws.waiting, aws.definition, { name: "" }),
      invokeModel(aws.model, {}),
      fetchHttp(aws.connection, { method: "GET", url: "https://example.com" }),
      runExecution(aws.child, {}),
      { permissions: [allow(["dynamodb:PutItem"], aws.table.arn)] },
    ];
    expect(
      (
        await reviewPermissions(
          calls.flatMap(({ permissions }) => permissions),
          arns,
        )
      ).problems,
    ).to.deep.equal([]);
  });

  it("has nothing to say of a distributed Map, which may redrive STANDARD children alone", async () => {
    const actionsFor = async (executionType: "STANDARD" | "EXPRESS"): Promise<readonly string[]> => {
      const { permissions } = await define(
        workflow("mapped", { input: z.object({ ids: z.array(z.string()) }) }, (flow, { ids }) => {
          flow.distributedMap("Each", itemsOf(ids), { maxConcurrency: 1, executionType }, (flow, id) => {
            flow.let("Id", { id });
          });
        }),
      );
      return permissions.flatMap(({ actions }) => actions);
    };
    const running = ["states:StartExecution", "states:DescribeExecution", "states:StopExecution"];
    expect(await actionsFor("EXPRESS")).to.deep.equal(running);
    expect(await actionsFor("STANDARD")).to.deep.equal([...running, "states:RedriveExecution"]);
  });

  it("gives the reason where AWS offers no resource level, unless one is given", async () => {
    const { statements, problems } = await reviewPermissions(
      [
        allow([ListBucketsCommand, ListCrawlersCommand], "*"),
        { actions: ["xray:PutTraceSegments"], resources: ["*"], reason: "X-Ray has none." },
      ],
      arns,
    );
    expect(problems).to.deep.equal([]);
    expect(statements.map(({ reason }) => reason)).to.deep.equal([
      "AWS offers no resource level for s3:ListAllMyBuckets, glue:ListCrawlers",
      "X-Ray has none.",
    ]);
  });

  const wrong: readonly [why: string, statement: Statement, problem: readonly [PermissionCode, string]][] = [
    [
      "an action that IAM hasn't, or whose service it hasn't",
      allow(["s3:ListObjectsV2", "nowhere:Go"], aws.raw.arn),
      [
        "unknown-action",
        "IAM has no action s3:ListObjectsV2, nowhere:Go. Name the action that authorises the call: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
      ],
    ],
    [
      "a wildcard",
      allow(["s3:Get*", "glue:?etJob"], aws.raw.arn),
      [
        "wildcard-action",
        "s3:Get*, glue:?etJob allows more than anybody can read in it: name the actions that are needed.",
      ],
    ],
    [
      "no resource",
      allow(["s3:GetObject"]),
      [
        "no-resource",
        's3:GetObject is allowed on no resource: name the ARNs or, where AWS offers no resource level, "*".',
      ],
    ],
    [
      "every resource, whatever the reason",
      { ...allow([StartCrawlerCommand, ListCrawlersCommand], "*"), reason: "Because." },
      ["too-wide", "glue:StartCrawler may not be allowed on every resource: name the ARNs."],
    ],
    [
      "an ARN for an action that has no resource level",
      allow([ListBucketsCommand, "s3:ListBucket"], aws.raw.arn),
      [
        "no-resource-level",
        'AWS offers no resource level for s3:ListAllMyBuckets: on an ARN it allows nothing. Allow it in a statement of its own, on "*".',
      ],
    ],
    [
      "objects where a bucket is meant",
      allow(["s3:GetObject"], aws.raw.arn),
      [
        "other-resource",
        "s3:GetObject works on none of ${raw.arn}: its resources are like arn:*:s3:*:*:accesspoint/*/object/*, arn:*:s3:::*/*.",
      ],
    ],
    [
      "a bucket where objects are meant",
      allow(["s3:ListBucket"], aws.raw.objects("raw/*")),
      [
        "other-resource",
        "s3:ListBucket works on none of ${raw.arn}/raw/*: its resources are like arn:*:s3:*:*:accesspoint/*, arn:*:s3:::*.",
      ],
    ],
    [
      "a job where a crawler is meant",
      allow([StartCrawlerCommand], aws.jobs.orders.arn),
      [
        "other-resource",
        "glue:StartCrawler works on none of ${jobs.orders.arn}: its resources are like arn:*:glue:*:*:crawler/*.",
      ],
    ],
    [
      "a resource too many",
      allow([StartCrawlerCommand], aws.crawler.arn, aws.alerts.arn),
      ["other-resource", "none of glue:StartCrawler works on ${alerts.arn}."],
    ],
  ];
  for (const [why, statement, problem] of wrong) {
    it(`refuses ${why}`, async () => {
      expect(await problemsOf(statement)).to.deep.equal([problem]);
    });
  }

  it("finds all that is wrong, and leaves such statements as they are", async () => {
    const statements = [allow(["s3:Get*"], "*"), allow(["s3:GetObject", "s3:Nothing"], "*")];
    const reviewed = await reviewPermissions(statements, arns);
    expect(reviewed.problems.map(({ code, actions }) => [code, ...actions])).to.deep.equal([
      ["wildcard-action", "s3:Get*"],
      ["unknown-action", "s3:Nothing"],
      ["too-wide", "s3:GetObject"],
    ]);
    expect(reviewed.statements).to.deep.equal(statements);
  });
});

describe("Two patterns of ARNs", () => {
  it("overlap where one fits the other, and never where no text fits both", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 6 });
    const texts = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 6 });
    const regex = (pattern: string): RegExp =>
      new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
    fc.assert(
      fc.property(letters, letters, texts, (one, other, text) => {
        expect(overlap(one, other)).to.equal(overlap(other, one));
        expect(overlap(one, text)).to.equal(regex(one).test(text));
        if (regex(one).test(text) && regex(other).test(text)) expect(overlap(one, other)).to.equal(true);
      }),
    );
  });
});
