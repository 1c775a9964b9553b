import { expect } from "chai";
import fc from "fast-check";
import { names } from "../../../infra/names.ts";

const place = { partition: "aws", region: "eu-central-1", account: "123456789012" };

describe("names", () => {
  it("say the project, the stack and, where the whole world shares them, the account", () => {
    const dev = names("shop", "dev", place);
    expect(dev.named("alerts")).to.equal("shop-dev-alerts");
    expect(dev.bucket("raw")).to.equal("shop-dev-raw-123456789012");
    expect(dev.database).to.equal("shop_dev");
    expect(dev.arn("glue", "catalog")).to.equal("arn:aws:glue:eu-central-1:123456789012:catalog");
    expect(dev.s3("b")).to.equal("arn:aws:s3:::b");
    expect(dev.s3("b", "raw/*")).to.equal("arn:aws:s3:::b/raw/*");
  });

  it("of one stack's buckets are never another's", () => {
    const stack = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
    const zones = ["raw", "processed", "archive", "results", "artifacts"];
    fc.assert(
      fc.property(stack, stack, (one, other) => {
        fc.pre(one !== other);
        const taken = new Set(zones.map((zone) => names("shop", one, place).bucket(zone)));
        for (const zone of zones) expect(taken.has(names("shop", other, place).bucket(zone))).to.be.false;
      }),
    );
  });

  it("that AWS would not take are refused, with what to do", () => {
    expect(() => names("shop", "Feature_1", place).bucket("raw")).to.throw(
      "S3 does not take shop-Feature_1-raw-123456789012 as a bucket's name: 3 to 63 lower-case letters, digits and hyphens. Give the stack a shorter, plainer name (`pulumi stack rename`).",
    );
    const long = "x".repeat(60);
    expect(() => names("shop", long, place).named("a")).to.throw(
      `The name shop-${long}-a has 67 characters and AWS takes 64. Give the stack a shorter, plainer name (\`pulumi stack rename\`).`,
    );
  });
});
