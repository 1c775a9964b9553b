import { expect } from "chai";
import { bells } from "../../../infra/events/bells.ts";
import { queuePolicyJson } from "../../../infra/events/queue_policy.ts";

const around = { rawBucket: "raw-bucket", stateMachineArn: "arn:aws:states:eu-central-1:1:stateMachine:m" };

describe("the bells", () => {
  it("ring for an upload and for the end of a run", () => {
    expect(bells({ trigger: "event", schedule: undefined }, around).map(({ name, on }) => [name, on])).to.deep.equal([
      [
        "upload",
        {
          pattern:
            '{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["raw-bucket"]},"object":{"key":[{"prefix":"raw/"}]}}}',
        },
      ],
      [
        "run-ended",
        {
          pattern:
            '{"source":["aws.states"],"detail-type":["Step Functions Execution Status Change"],"detail":{"stateMachineArn":["arn:aws:states:eu-central-1:1:stateMachine:m"],"status":["SUCCEEDED","FAILED","TIMED_OUT","ABORTED"]}}',
        },
      ],
    ]);
  });

  it("ring by the clock in an upload's place", () => {
    const rung = bells({ trigger: "schedule", schedule: "cron(0 3 * * ? *)" }, around);
    expect(rung.map(({ name }) => name)).to.deep.equal(["clock", "run-ended"]);
    expect(rung[0]?.on).to.deep.equal({ schedule: "cron(0 3 * * ? *)" });
  });

  it("are silent where only a person starts a run, and the queue takes none", () => {
    expect(bells({ trigger: "manual", schedule: undefined }, around)).to.deep.equal([]);
    expect(queuePolicyJson("arn:q", [])).to.not.include("events.amazonaws.com");
  });
});
