import { expect } from "chai";
import * as z from "zod";
import { contractJson, datasets, tableNames } from "../../../datasets/index.ts";
import { compile } from "../../../workflow/dsl/index.ts";
import { lakehouse } from "../../../workflow/lakehouse.ts";
import { recorded, type Recorded } from "./recorded.ts";

const text = z.string();

/** Whether the rendered value is the compiled one with something in the place of each token. */
function expectRendered(compiled: unknown, rendered: unknown, path = "definition"): void {
  if (typeof compiled === "string") {
    const parts = compiled.split(/\$\{[\w.]+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    expect(rendered, path).to.match(new RegExp(`^${parts.join("[^$]+")}$`, "s"));
  } else if (typeof compiled === "object" && compiled !== null) {
    const inner = z.object({}).loose().or(z.array(z.unknown())).parse(rendered);
    expect(Object.keys(inner), path).to.deep.equal(Object.keys(compiled));
    for (const [key, value] of Object.entries(compiled))
      expectRendered(value, Reflect.get(inner, key), `${path}.${key}`);
  } else {
    expect(rendered, path).to.equal(compiled);
  }
}

describe("the program", function () {
  this.timeout(120_000);
  let dev: Recorded;

  before(async () => {
    dev = await recorded("dev");
  });

  it("declares the same resources each time it is loaded", async () => {
    expect((await recorded("dev")).resources).to.deep.equal(dev.resources);
  });

  it("loads for production and for a laptop too, with the same resources", async () => {
    const kinds = ({ resources }: Recorded): string[] => resources.map(({ type, name }) => `${type} ${name}`);
    for (const stack of ["prod", "local"]) expect(kinds(await recorded(stack)), stack).to.deep.equal(kinds(dev));
  });

  it("starts by the clock, or only by hand, where the stack says so", async () => {
    const rules = (program: Recorded): string[] =>
      program.of("aws:cloudwatch/eventRule:EventRule").map(({ name }) => name);
    expect(rules(dev)).to.deep.equal(["run-ended", "upload"]);
    expect(rules(await recorded("dev", { trigger: "schedule", schedule: "rate(1 hour)" }))).to.deep.equal([
      "clock",
      "run-ended",
    ]);
    expect(rules(await recorded("dev", { trigger: "manual" }))).to.deep.equal([]);
  });

  it("alerts by e-mail where the stack names an address", async () => {
    const subscriptions = "aws:sns/topicSubscription:TopicSubscription";
    expect(dev.of(subscriptions)).to.deep.equal([]);
    const [subscription] = (await recorded("dev", { alertEmail: "data@example.com" })).of(subscriptions);
    expect(subscription?.inputs).to.include({ protocol: "email", endpoint: "data@example.com" });
  });

  it("tells people what they need", () => {
    expect(dev.outputs).to.have.all.keys(
      "buckets",
      "stateMachineArn",
      "stateMachineVersionArn",
      "stateMachineAliasArn",
      "doorbellQueueUrl",
      "alertsTopicArn",
      "workgroup",
      "database",
      "crawler",
    );
  });

  describe("its machine", () => {
    it("is the compiled one, with the names of the stack", async () => {
      const { inputs } = dev.one("aws:sfn/stateMachine:StateMachine", "lakehouse");
      expectRendered((await compile(lakehouse)).definition, JSON.parse(text.parse(inputs.definition)));
    });

    it("is published, and so is every function that it names", () => {
      const { inputs } = dev.one("aws:sfn/stateMachine:StateMachine", "lakehouse");
      expect(inputs.publish).to.be.true;
      const arns = text.parse(inputs.definition).match(/arn:aws:lambda:[\w:-]+/g) ?? [];
      expect(arns).to.not.be.empty;
      for (const arn of arns) expect(arn).to.match(/:function:[\w-]+:\d+$/);
    });

    it("has a function for each Lambda step, with the step's code, and one for the dispatcher", async () => {
      const { lambdas } = await compile(lakehouse);
      const functions = dev.of("aws:lambda/function:Function");
      expect(functions.map(({ name }) => name).sort()).to.deep.equal(
        [...lambdas.map(({ name }) => name), "dispatch"].sort(),
      );
      for (const { name, timeout, memory } of lambdas) {
        const { inputs } = dev.one("aws:lambda/function:Function", name);
        expect(inputs, name).to.include({ timeout, memorySize: memory, handler: "index.handler", publish: true });
      }
    });
  });

  describe("its jobs", () => {
    it("are one a dataset, with its contract, one at a time, and further runs wait", () => {
      expect(dev.of("aws:glue/job:Job").length).to.equal(datasets.length);
      for (const dataset of datasets) {
        const { inputs } = dev.one("aws:glue/job:Job", `load-${dataset.name}`);
        expect(inputs).to.deep.include({
          glueVersion: "5.1",
          executionProperty: { maxConcurrentRuns: 1 },
          jobRunQueuingEnabled: true,
          maxRetries: 0,
        });
        expect(inputs.defaultArguments).to.include({
          "--contract": contractJson(dataset),
          "--datalake-formats": "delta",
          "--mode": "incremental",
        });
      }
    });

    it("run code at keys that its content gave", () => {
      const keys = dev.of("aws:s3/bucketObjectv2:BucketObjectv2").map(({ inputs }) => inputs.key);
      expect(keys.length).to.equal(datasets.length + 1);
      for (const key of keys)
        expect(key).to.match(/^(scripts\/[0-9a-f]{64}\/\w+\.py|lib\/[0-9a-f]{64}\/lakehouse\.zip)$/);
    });
  });

  it("registers every table of every dataset", () => {
    const { inputs } = dev.one("aws:glue/crawler:Crawler", "delta-tables");
    const processed = dev.one("aws:s3/bucket:Bucket", "processed").inputs.bucket;
    expect(inputs.deltaTargets).to.deep.equal([
      {
        deltaTables: datasets.flatMap(tableNames).map((table) => `s3://${text.parse(processed)}/processed/${table}/`),
        createNativeDeltaTable: true,
        writeManifest: false,
      },
    ]);
  });
});
