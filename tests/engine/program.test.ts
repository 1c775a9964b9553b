/**
 * The program on Pulumi's real engine. The provider is a stand-in: this proves types, properties, order and diffs, not
 * that AWS takes the values.
 */
import { expect } from "chai";
import { available, Engine } from "./engine.ts";

describe(`the program on Pulumi's engine${available ? "" : " (skipped: neither pulumi nor Go to build it is on PATH)"}`, () => {
  let engine: Engine;

  before(function () {
    if (!available) this.skip();
    this.timeout(0);
    engine = new Engine().withProject();
    engine.must("stack", "init", "dev");
  });
  after(() => {
    if (available) engine.remove();
  });

  it("previews a stack that is not there yet as creations only", () => {
    const planned = engine.plan("dev");
    expect(planned.filter((step) => !step.startsWith("create "))).to.deep.equal([]);
    expect(planned.length).to.be.greaterThan(100);
  });

  it("brings the stack up, and has nothing to do afterwards", () => {
    engine.must("up", "--yes", "--skip-preview", "--stack", "dev");
    expect(engine.plan("dev")).to.deep.equal([]);
  });

  it("shows one more worker for one job as one property of one resource", () => {
    engine.must("config", "set", "--stack", "dev", "--path", "glue.jobs.orders.numberOfWorkers", "5");
    expect(engine.plan("dev")).to.deep.equal(["update aws:glue/job:Job load-orders (numberOfWorkers)"]);
    engine.must("config", "rm", "--stack", "dev", "--path", "glue.jobs.orders");
    expect(engine.plan("dev")).to.deep.equal([]);
  });

  it("puts a changed script beside the old one, and changes nothing but its job", () => {
    engine.edit("glue/orders_etl.py", "\n", "\n# A change that only this copy has.\n");
    expect(engine.plan("dev")).to.deep.equal([
      "replace aws:s3/bucketObjectv2:BucketObjectv2 orders-script (key, source)",
      "update aws:glue/job:Job load-orders (command)",
    ]);
    engine.must("up", "--yes", "--skip-preview", "--stack", "dev");
  });

  it("publishes a changed handler as a version of its function and of the machine, and moves the alias", () => {
    engine.edit("functions/failure.ts", "(Failed|TimedOut)", "(Failed|TimedOut|Aborted)");
    expect(engine.plan("dev")).to.deep.equal([
      "update aws:lambda/function:Function RecordFailure (code)",
      "update aws:sfn/alias:Alias lakehouse (routingConfigurations)",
      "update aws:sfn/stateMachine:StateMachine lakehouse (definition)",
    ]);
    engine.must("up", "--yes", "--skip-preview", "--stack", "dev");
    expect(engine.must("stack", "output", "stateMachineVersionArn", "--stack", "dev").trim()).to.match(/:2$/);
  });

  it("says all that is wrong with a configuration, and touches nothing", () => {
    engine.must("config", "set", "--stack", "dev", "trigger", "sometimes");
    engine.must("config", "set", "--stack", "dev", "quietPeriodSeconds", "1000");
    const { ok, text } = engine.run("preview", "--stack", "dev");
    engine.must("config", "set", "--stack", "dev", "trigger", "event");
    engine.must("config", "set", "--stack", "dev", "quietPeriodSeconds", "30");
    expect(ok).to.be.false;
    expect(text).to.include(
      [
        'The configuration of stack "dev" has 2 mistakes. Mend it in Pulumi.dev.yaml:',
        "  ecommerce-lakehouse:trigger must be event, schedule or manual",
        "  ecommerce-lakehouse:quietPeriodSeconds must be at most 900, the longest that SQS delays a message",
      ].join("\n    "),
    );
  });

  it("destroys the development stack without a trace", () => {
    engine.must("destroy", "--yes", "--skip-preview", "--stack", "dev");
    expect(engine.must("stack", "export", "--stack", "dev")).to.not.include("aws:s3/bucket:Bucket");
  });

  it("deletes nothing of production, since the zones of data are protected whole", () => {
    engine.must("stack", "init", "prod");
    engine.must("up", "--yes", "--skip-preview", "--stack", "prod");
    const { ok, text } = engine.run("destroy", "--yes", "--stack", "prod");
    expect(ok).to.be.false;
    for (const zone of ["raw", "processed", "archive"]) {
      expect(text).to.match(new RegExp(`Preview failed: resource ".+BucketPolicy::${zone}" cannot be deleted`));
    }
    expect(engine.plan("prod"), "what was deleted all the same").to.deep.equal([]);
  });
});
