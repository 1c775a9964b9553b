/** Loading a Pulumi program: what makes it fail, and that nothing of it is swallowed. The world it would act on is out of reach. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { serve } from "../../../workflow/simulator/server.ts";
import type { World } from "../../../local/aws/creator.ts";
import { clientsFor } from "../../../local/clients.ts";
import { createCrawlers } from "../../../local/crawlers.ts";
import { createJobs } from "../../../local/jobs.ts";
import { homeAt } from "../../../local/home.ts";
import { runProgram } from "../../../local/program.ts";

class Thing extends pulumi.CustomResource {}

const nowhere = "http://127.0.0.1:9";
const region = "eu-central-1";

describe("a Pulumi program on this machine", () => {
  let world: World;
  const ignore = (): undefined => undefined;

  before(async () => {
    const clients = clientsFor(nowhere, region);
    const athena = {
      ready: Promise.resolve(),
      query: () => Promise.reject(new Error()),
      describe: () => Promise.resolve(null),
      end: () => Promise.resolve(),
    };
    const home = homeAt("/nowhere");
    world = {
      account: "000000000000",
      region,
      clients,
      stepFunctions: await serve({ region }),
      jobs: createJobs({
        home,
        projectDir: "/nowhere",
        endpoint: nowhere,
        region,
        s3: clients.s3,
        env: {},
        onProgress: ignore,
      }),
      crawlers: createCrawlers(clients.glue, athena, ignore),
      lambdaEnvironment: {},
    };
  });
  after(() => world.stepFunctions.close());

  const run = (program: () => Promise<unknown>): Promise<unknown> =>
    runProgram({ program, project: "shop", stack: "local", config: { "shop:trigger": "manual" }, world });
  const failure = (program: () => Promise<unknown>): Promise<string> =>
    run(program).then(
      () => "it succeeded",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  const resource = (type: string, inputs: pulumi.Inputs = {}): Thing => new Thing(type, "thing", inputs);

  it("sees its project, stack and settings, and gives its outputs when all resources are made", async () => {
    const machine = {
      name: "m",
      roleArn: "r",
      publish: true,
      definition: JSON.stringify({ QueryLanguage: "JSONata", StartAt: "A", States: { A: { Type: "Succeed" } } }),
    };
    const outputs = await run(() => {
      const made = resource("aws:sfn/stateMachine:StateMachine", machine);
      return Promise.resolve({
        stack: `${pulumi.getProject()}/${pulumi.getStack()}`,
        trigger: new pulumi.Config().require("trigger"),
        arn: made.id,
      });
    });
    expect(outputs).to.deep.equal({
      stack: "shop/local",
      trigger: "manual",
      arn: `arn:aws:states:${region}:000000000000:stateMachine:m`,
    });
  });

  it("fails on a type that this machine does not know, by the resource's name", async () => {
    expect(await failure(() => Promise.resolve(resource("aws:dynamodb/table:Table")))).to.equal(
      'aws:dynamodb/table:Table "thing" can\'t be made on this machine: its type is not known to the local run time: add it to local/aws/ and to local/aws/outputs.ts',
    );
  });

  it("fails on inputs that this machine would have to ignore", async () => {
    const inputs = { bucket: "b", eventbridge: true, queues: [{ queueArn: "q", events: ["s3:ObjectCreated:*"] }] };
    expect(
      await failure(() => Promise.resolve(resource("aws:s3/bucketNotification:BucketNotification", inputs))),
    ).to.equal(
      'aws:s3/bucketNotification:BucketNotification "thing" can\'t be made on this machine: ✖ Unrecognized key: "queues"',
    );
  });

  it("fails with what the program throws, at once or in an Output's callback", async () => {
    expect(await failure(() => Promise.reject(new Error("trigger must be event, schedule or manual")))).to.equal(
      "trigger must be event, schedule or manual",
    );
    const late = (): Promise<unknown> =>
      Promise.resolve({
        name: pulumi.output("x").apply((): string => {
          throw new Error("no such thing");
        }),
      });
    expect(await failure(late)).to.equal("no such thing");
  });

  it("fails on a call that nobody answers", async () => {
    expect(await failure(() => pulumi.runtime.invoke("aws:ec2/getVpc:getVpc", {}))).to.contain(
      "The program calls aws:ec2/getVpc:getVpc, which has no answer in local/aws/outputs.ts. Add it there.",
    );
  });
});
