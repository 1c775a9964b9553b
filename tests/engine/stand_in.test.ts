/** The stand-in is strict: what the real provider doesn't know, it refuses. */
import { expect } from "chai";
import { available, Engine } from "./engine.ts";

const resource = (type: string, inputs: object): string =>
  `import pulumi from "@pulumi/pulumi";
   export default () => { new pulumi.CustomResource(${JSON.stringify(type)}, "it", ${JSON.stringify(inputs)}); };`;

describe(`the stand-in provider${available ? "" : " (skipped: neither pulumi nor Go to build it is on PATH)"}`, () => {
  let engine: Engine;

  before(function () {
    if (!available) this.skip();
    this.timeout(0);
    engine = new Engine();
  });
  after(() => {
    if (available) engine.remove();
  });

  function refusal(type: string, inputs: object): string {
    engine.withProgram(resource(type, inputs)).run("stack", "init", "dev");
    const { ok, text } = engine.run("preview", "--stack", "dev");
    expect(ok).to.be.false;
    return text;
  }

  it("refuses a property that the type hasn't", () => {
    expect(refusal("aws:s3/bucket:Bucket", { bucket: "b", colour: "red" })).to.include(
      'aws:s3/bucket:Bucket has no input "colour"',
    );
  });

  it("refuses a type that the provider hasn't", () => {
    expect(refusal("aws:s3/pail:Pail", { bucket: "b" })).to.include(
      "The aws provider has no resource type aws:s3/pail:Pail.",
    );
  });

  it("refuses a type that nobody said the outputs of", () => {
    expect(refusal("aws:kinesis/stream:Stream", { name: "s" })).to.include(
      'Resource "it" is of type aws:kinesis/stream:Stream, which has no entry in local/aws/outputs.ts.',
    );
  });
});
