import { expect } from "chai";
import { listing } from "../../../infra/iam/listing.ts";
import { policyJson, trustJson } from "../../../infra/iam/policy.ts";
import { bucketPolicyJson } from "../../../infra/storage/bucket_policy.ts";

describe("policies", () => {
  it("are written as IAM reads them", () => {
    expect(JSON.parse(policyJson([listing("List", "arn:aws:s3:::b", ["raw/*"])]))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "List",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: ["arn:aws:s3:::b"],
          Condition: { StringLikeIfExists: { "s3:prefix": ["raw/*"] } },
        },
      ],
    });
  });

  it("may not allow a family of actions", () => {
    expect(() => policyJson([{ actions: ["s3:Get*"], resources: ["arn:aws:s3:::b/*"] }])).to.throw(
      "A policy may not allow s3:Get*: name the actions that are needed.",
    );
  });

  it("may not allow every resource without a reason", () => {
    const statement = { actions: ["xray:PutTraceSegments"], resources: ["*"] };
    expect(() => policyJson([statement])).to.throw(
      "A policy may not allow xray:PutTraceSegments on every resource: name the resources or, where AWS offers no resource level, give the reason.",
    );
    expect(() => policyJson([{ ...statement, reason: "X-Ray has none." }])).not.to.throw();
  });

  it("trust a service only on behalf of the account, where the service says so", () => {
    expect(JSON.parse(trustJson("states.amazonaws.com", "123456789012"))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "states.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("of the raw bucket refuse what would make an ETag other than the MD5", () => {
    const sids = (etagIsMd5: boolean): string[] =>
      [...bucketPolicyJson("arn:aws:s3:::b", { etagIsMd5 }).matchAll(/"Sid":"(\w+)","Effect":"(\w+)"/g)].map(
        ([, sid = "", effect = ""]) => `${effect} ${sid}`,
      );
    expect(sids(false)).to.deep.equal(["Deny OnlyTls"]);
    expect(sids(true)).to.deep.equal(["Deny OnlyTls", "Deny OnlyS3Encryption", "Deny NoCustomerKeys"]);
  });
});
