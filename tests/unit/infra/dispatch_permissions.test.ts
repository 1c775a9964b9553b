import { expect } from "chai";
import { join } from "node:path";
import { dispatchPermissions } from "../../../infra/events/dispatch_permissions.ts";
import { names } from "../../../infra/names.ts";
import { bundleHandler, type AwsCalls } from "../../../workflow/dsl/bundle/index.ts";
import { unallowed } from "../../../workflow/dsl/permissions/unallowed.ts";

const place = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const actions = dispatchPermissions(names("shop", "dev", place), {
  rawBucket: "raw",
  processedBucket: "processed",
  machineArn: "arn:machine",
  machineName: "machine",
  aliasArn: "arn:machine:live",
  queueArn: "arn:queue",
}).flatMap((statement) => statement.actions);

/** What no command of the code needs: Lambda's polling of the queue, and that a missing object is a 404. */
const beside = [
  "s3:ListBucket",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
];

describe("the dispatcher's permissions", function () {
  this.timeout(60_000);
  let calls: AwsCalls;
  const missing = (allowed: readonly string[]): readonly unknown[] =>
    unallowed(calls, [{ actions: allowed, resources: ["*"] }]);

  before(async () => {
    ({ calls } = await bundleHandler(join(import.meta.dirname, "../../../functions/dispatch.ts"), "handler"));
  });

  it("are enough for every command that its code has", () => {
    expect(calls.operations).to.not.be.empty;
    expect(missing(actions)).to.deep.equal([]);
  });

  it("are no more than its commands, its queue and its answers need", () => {
    const idle = actions.filter((action) => missing(actions.filter((each) => each !== action)).length === 0);
    expect(idle.sort()).to.deep.equal(beside);
  });
});
