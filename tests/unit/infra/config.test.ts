import { expect } from "chai";
import fc from "fast-check";
import { ConfigError, jobSettings, parseConfig, type StackConfig } from "../../../infra/config.ts";

const where = { project: "shop", stack: "dev", datasets: ["hats", "coats"] };

/** Parses settings as Pulumi hands them over: each value as text. */
const parse = (settings: Record<string, unknown>): StackConfig =>
  parseConfig(
    Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [
        `shop:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
    where,
  );

function mistakes(settings: Record<string, unknown>): string {
  try {
    parse(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("The settings were taken.");
}

describe("the settings of a stack", () => {
  it("have a default each", () => {
    expect(parse({})).to.deep.equal({
      trigger: "event",
      quietPeriodSeconds: 60,
      attempts: { max: 3, delaySeconds: 300 },
      glue: { workerType: "G.1X", numberOfWorkers: 2, timeoutMinutes: 60, jobs: {} },
      athena: { scanLimitMegabytes: 10_240 },
      retention: { logDays: 30, queryResultDays: 30, runDays: 90, oldVersionDays: 30, archiveColdAfterDays: 90 },
      protectData: true,
    });
  });

  it("leave other namespaces alone", () => {
    expect(() => parseConfig({ "aws:region": "eu-central-1" }, where)).not.to.throw();
  });

  it("are refused with every mistake at once, by path and with what to do", () => {
    expect(
      mistakes({
        trigger: "sometimes",
        quietPeriodSeconds: 901,
        alertEmail: "nobody",
        glue: { numberOfWorkers: 1, workerType: "Standard", jobs: { shoes: {}, hats: { timeoutMinutes: 0.5 } } },
        athena: 5,
        retention: { logDays: 8, forever: true },
        protectData: "perhaps",
        colour: "red",
      }),
    ).to.equal(
      [
        'The configuration of stack "dev" has 12 mistakes. Mend it in Pulumi.dev.yaml:',
        "  shop:trigger must be event, schedule or manual",
        "  shop:quietPeriodSeconds must be at most 900, the longest that SQS delays a message",
        "  shop:alertEmail must be an e-mail address",
        "  shop:glue.workerType must be one of G.1X, G.2X, G.4X, G.8X, G.12X, G.16X, R.1X, R.2X, R.4X, R.8X",
        "  shop:glue.numberOfWorkers must be at least 2: Glue gives one worker to the driver",
        "  shop:glue.jobs.hats.timeoutMinutes must be a whole number",
        "  shop:glue.jobs.shoes names no dataset: there are hats, coats",
        "  shop:athena must be a group of settings",
        "  shop:retention.logDays must be one of the periods CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        "  shop:retention.forever is no setting: remove it, or correct its name",
        "  shop:protectData must be true or false",
        "  shop:colour is no setting: remove it, or correct its name",
      ].join("\n"),
    );
  });

  it("want a schedule with the trigger that uses it, whatever else is wrong", () => {
    expect(mistakes({ trigger: "schedule", quietPeriodSeconds: -1 })).to.equal(
      [
        'The configuration of stack "dev" has 2 mistakes. Mend it in Pulumi.dev.yaml:',
        "  shop:quietPeriodSeconds must not be negative",
        "  shop:schedule is missing: trigger is schedule, so say when, e.g. rate(1 hour)",
      ].join("\n"),
    );
  });

  it("want no schedule that nothing uses", () => {
    expect(mistakes({ schedule: "rate(1 hour)" })).to.equal(
      [
        'The configuration of stack "dev" has a mistake. Mend it in Pulumi.dev.yaml:',
        "  shop:schedule is used only while trigger is schedule: remove it, or change the trigger",
      ].join("\n"),
    );
  });

  it("take any quiet period that SQS takes, and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (quietPeriodSeconds) => {
        const taken = quietPeriodSeconds >= 0 && quietPeriodSeconds <= 900;
        if (taken) expect(parse({ quietPeriodSeconds }).quietPeriodSeconds).to.equal(quietPeriodSeconds);
        else expect(() => parse({ quietPeriodSeconds })).to.throw(ConfigError);
      }),
    );
  });

  it("of a job are its own where it has any, and the stack's elsewhere", () => {
    const config = parse({ glue: { numberOfWorkers: 3, jobs: { hats: { workerType: "R.1X" } } } });
    expect(jobSettings(config, "hats")).to.deep.equal({ workerType: "R.1X", numberOfWorkers: 3, timeoutMinutes: 60 });
    expect(jobSettings(config, "coats")).to.deep.equal({ workerType: "G.1X", numberOfWorkers: 3, timeoutMinutes: 60 });
  });
});
