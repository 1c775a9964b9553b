import { expect } from "chai";
import { listeningHere } from "../../../local/machine_events.ts";

describe("an event pattern on this machine", () => {
  it("matches this machine's Step Functions wherever it matches AWS's", () => {
    const pattern = { source: ["aws.states"], detail: { status: ["FAILED"] } };
    expect(JSON.parse(listeningHere(JSON.stringify(pattern)))).to.deep.equal({
      source: ["aws.states", "local.states"],
      detail: { status: ["FAILED"] },
    });
  });

  it("stays as it is when it is about something else", () => {
    const pattern = '{"source":["aws.s3"],"detail":{"object":{"key":[{"prefix":"raw/"}]}}}';
    expect(listeningHere(pattern)).to.equal(pattern);
  });
});
