import { expect } from "chai";
import { computedCall, computedOutputs, knownTypes } from "../../../local/aws/outputs.ts";

const place = { account: "123456789012", region: "eu-central-1" };

describe("what AWS computes", () => {
  it("is known for every entry of the table, from inputs that name the resource", () => {
    const inputs = {
      arn: "arn:aws:sns:eu-central-1:123456789012:t",
      bucket: "b",
      databaseName: "d",
      functionName: "f",
      key: "k",
      name: "n",
      queueUrl: "https://sqs/q",
      role: "r",
      routingConfigurations: [{ stateMachineVersionArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:m:3" }],
      rule: "u",
      targetId: "t",
      topic: "arn:aws:sns:eu-central-1:123456789012:t",
    };
    for (const type of knownTypes)
      expect(computedOutputs(type, "it", inputs, place).id, type).to.be.a("string").not.empty;
  });

  it("counts published versions on from the last state", () => {
    const publish = (prior?: Record<string, unknown>): Record<string, unknown> =>
      computedOutputs("aws:lambda/function:Function", "f", { name: "f", publish: true }, place, prior);
    const first = publish();
    expect(first.qualifiedArn).to.equal("arn:aws:lambda:eu-central-1:123456789012:function:f:1");
    expect(publish(first).qualifiedArn).to.equal("arn:aws:lambda:eu-central-1:123456789012:function:f:2");
  });

  it("is refused for a type or a data source without an entry, by name", () => {
    expect(() => computedOutputs("aws:ec2/vpc:Vpc", "net", {}, place)).to.throw(
      'Resource "net" is of type aws:ec2/vpc:Vpc, which has no entry in local/aws/outputs.ts. Add what AWS computes for it (at least its id) to the table there.',
    );
    expect(() => computedCall("aws:ec2/getAmi:getAmi", place)).to.throw(
      "The program calls aws:ec2/getAmi:getAmi, which has no answer in local/aws/outputs.ts. Add it there.",
    );
  });

  it("is refused where the input is missing that it follows from", () => {
    expect(() => computedOutputs("aws:glue/job:Job", "load", {}, place)).to.throw(
      'aws:glue/job:Job "load" has no text in its input "name" (found undefined). Its outputs follow from it, so set it in infra/.',
    );
  });
});
