/** What holds for every resource of the program, however many there come to be. */
import { expect } from "chai";
import * as z from "zod";
import { recorded, type Declared, type Recorded } from "./recorded.ts";

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const policy = z
  .string()
  .transform((json): unknown => JSON.parse(json))
  .pipe(
    z.object({
      Statement: z.array(
        z.object({
          Sid: z.string().optional(),
          Effect: z.enum(["Allow", "Deny"]),
          Principal: z.unknown().optional(),
          Action: list,
          Resource: list.optional(),
          Condition: z.unknown().optional(),
        }),
      ),
    }),
  );
const statements = (json: unknown): z.infer<typeof policy>["Statement"] => policy.parse(json).Statement;

/** https://docs.aws.amazon.com/service-authorization/: actions whose table has no resource type. */
const withoutResourceLevel = /^(xray:|logs:\w*LogDeliver|logs:(PutResourcePolicy|Describe)|cloudwatch:PutMetricData)/;

const id = ({ type, name }: Declared): string => `${type} ${name}`;

describe("every resource of the program", function () {
  this.timeout(120_000);
  let prod: Recorded;

  before(async () => {
    prod = await recorded("prod");
  });

  describe("that is a permission", () => {
    it("names its actions, and its resources wherever AWS lets it", () => {
      const policies = prod.of("aws:iam/rolePolicy:RolePolicy");
      expect(policies).to.not.be.empty;
      for (const each of policies) {
        for (const { Action, Resource } of statements(each.inputs.policy)) {
          for (const action of Action) expect(action, id(each)).to.not.include("*");
          for (const action of Resource?.includes("*") === true ? Action : []) {
            expect(action, `${id(each)}, on every resource`).to.match(withoutResourceLevel);
          }
          for (const resource of Resource ?? []) {
            if (resource !== "*") expect(resource, id(each)).to.match(/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:[^*]/);
          }
        }
      }
    });

    it("belongs to a role that one service may assume", () => {
      for (const each of prod.of("aws:iam/role:Role")) {
        const trusted = statements(each.inputs.assumeRolePolicy).map(({ Principal }) => Principal);
        expect(trusted, id(each)).to.have.length(1);
        expect(JSON.stringify(trusted), id(each)).to.match(
          /^\[\{"Service":"(lambda|glue|states)\.amazonaws\.com"\}\]$/,
        );
      }
    });
  });

  it("that is a bucket is private, encrypted by S3, versioned, kept in order, and reached only by TLS", () => {
    const buckets = prod.of("aws:s3/bucket:Bucket");
    expect(buckets.map(({ name }) => name)).to.deep.equal(["archive", "artifacts", "processed", "raw", "results"]);
    for (const { name, inputs } of buckets) {
      const part = (type: string): Declared["inputs"] => {
        const found = prod.one(`aws:s3/bucket${type}:Bucket${type}`, name).inputs;
        expect(found.bucket, `${type} of ${name}`).to.equal(inputs.bucket);
        return found;
      };
      expect(part("PublicAccessBlock"), name).to.include({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(part("OwnershipControls"), name).to.deep.include({ rule: { objectOwnership: "BucketOwnerEnforced" } });
      expect(part("Versioning"), name).to.deep.include({ versioningConfiguration: { status: "Enabled" } });
      expect(part("ServerSideEncryptionConfiguration"), name).to.deep.include({
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      });
      expect(JSON.stringify(part("LifecycleConfiguration")), name).to.include("abortIncompleteMultipartUpload");
      const refused = statements(part("Policy").policy);
      expect(
        refused.map(({ Effect }) => Effect),
        name,
      ).to.not.include("Allow");
      expect(refused[0], name).to.deep.include({
        Sid: "OnlyTls",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  it("that is a bucket of data can't be emptied by Pulumi in production", () => {
    const emptied = prod.of("aws:s3/bucket:Bucket").filter(({ inputs }) => inputs.forceDestroy === true);
    expect(emptied.map(({ name }) => name)).to.deep.equal(["artifacts", "results"]);
  });

  it("that is a queue or a topic is reached only by TLS, and a queue is encrypted", () => {
    for (const each of prod.of("aws:sqs/queue:Queue")) {
      expect(each.inputs.sqsManagedSseEnabled, id(each)).to.be.true;
      const refused = statements(prod.one("aws:sqs/queuePolicy:QueuePolicy", each.name).inputs.policy);
      expect(
        refused.map(({ Sid }) => Sid),
        id(each),
      ).to.include("OnlyTls");
    }
    for (const each of prod.of("aws:sns/topicPolicy:TopicPolicy")) {
      expect(
        statements(each.inputs.policy).map(({ Sid }) => Sid),
        id(each),
      ).to.include("OnlyTls");
    }
  });

  it("that is a function logs to a group of its own, for a time, is traced, and has a role of its own", () => {
    const functions = prod.of("aws:lambda/function:Function");
    expect(new Set(functions.map(({ inputs }) => inputs.role)).size).to.equal(functions.length);
    for (const { name, inputs } of functions) {
      const group = prod.one("aws:cloudwatch/logGroup:LogGroup", name).inputs;
      expect(inputs.loggingConfig, name).to.deep.include({ logGroup: group.name });
      expect(inputs.tracingConfig, name).to.deep.equal({ mode: "Active" });
    }
  });

  it("that is a group of logs forgets", () => {
    for (const each of prod.of("aws:cloudwatch/logGroup:LogGroup")) {
      expect(each.inputs.retentionInDays, id(each)).to.equal(90);
    }
  });
});
