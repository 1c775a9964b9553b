import { expect } from "chai";
import { compileMachine } from "../../../../cli/commands/compile.ts";
import { compile } from "../../../../workflow/dsl/index.ts";
import { bucketReport } from "../../../../workflow/examples/bucket_report.ts";
import { addUp, sumsOf } from "../../../../workflow/examples/orders_report.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { describeExample, permissionsOf } from "./describe_example.ts";
import { example } from "./example.ts";

describe("the example of bucket report", function () {
  this.timeout(30_000);

  it("is compiled by the command line as well", async () => {
    expect(await compileMachine(bucketReport.name)).to.contain('"QueryLanguage": "JSONata"');
  });

  const files = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`\${orders.name}/orders/${index}.csv`, "id"]));
  const input = { day: "2025-04-01" };
  const sent = { MessageId: "m" };
  const sums = { Payload: { oslo: { orders: 1, revenue: 100 } } };

  describeExample(
    example(bucketReport, {
      "sums up all files in batches, and says that all are in it": {
        input,
        objects: files(501),
        tasks: { SumUp: [sums, sums], WriteReport: { Payload: { stores: 1, complete: true } }, Announce: sent },
        output: { report: "reports/2025-04-01.json", stores: 1, complete: true },
        asked: {
          Announce: [{ TopicArn: "${readers.arn}", Subject: "Orders of 2025-04-01", Message: "All files are in it." }],
        },
      },
      "tries a batch again where S3 is busy": {
        input,
        objects: files(1),
        tasks: {
          SumUp: [new TaskError("SlowDown"), sums],
          WriteReport: { Payload: { stores: 1, complete: true } },
          Announce: sent,
        },
        output: { report: "reports/2025-04-01.json", stores: 1, complete: true },
      },
      "says where files are missing": {
        input,
        objects: files(10_001),
        tasks: {
          SumUp: ({ arguments: args }) => {
            if (JSON.stringify(args).includes('"orders/10000.csv"')) throw new TaskError("RangeError", "no order");
            return sums;
          },
          WriteReport: { Payload: { stores: 1, complete: false } },
          Announce: ({ arguments: args }) => {
            expect(JSON.stringify(args)).to.match(
              /s3:\/\/\$\{reports\.name\}\/sums\/[-\w]+\/manifest\.json names them/,
            );
            return sent;
          },
        },
        output: { report: "reports/2025-04-01.json", stores: 1, complete: false },
      },
      "alerts where too many files can't be read": {
        input,
        objects: files(2),
        tasks: { SumUp: new TaskError("RangeError", "no order"), Alert: sent },
        error: "NoReport",
        asked: {
          Alert: [
            {
              TopicArn: "${readers.arn}",
              Subject: "No report for 2025-04-01",
              Message: "States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded",
            },
          ],
        },
      },
    }),
  );

  it("sums up a file by store, and sums of sums", () => {
    const one = sumsOf("id,store,cents\n1,oslo,100\n2,rome,250\n3,oslo,50\n");
    expect(one).to.deep.equal({ oslo: { orders: 2, revenue: 150 }, rome: { orders: 1, revenue: 250 } });
    expect(addUp([one, { oslo: { orders: 1, revenue: 1 } }]).oslo).to.deep.equal({ orders: 3, revenue: 151 });
    expect(() => sumsOf("id,store,cents\n1,oslo,much")).to.throw('"1,oslo,much" is no order');
  });

  it("may list, write and read only where its files are", async () => {
    expect(await permissionsOf(bucketReport)).to.have.members([
      "states:StartExecution on ${machine.arn}",
      "states:DescribeExecution, states:StopExecution on ${machine.executionsArn}:*, ${machine.executionsArn}/*",
      "states:RedriveExecution on ${machine.executionsArn}/*",
      "s3:ListBucket on ${orders.arn}",
      "s3:PutObject, s3:GetObject, s3:ListMultipartUploadParts, s3:AbortMultipartUpload on ${reports.arn}/sums/*",
      "lambda:InvokeFunction on ${lambda.SumUp.arn}",
      "lambda:InvokeFunction on ${lambda.WriteReport.arn}",
      "sns:Publish on ${readers.arn}",
    ]);
    const { lambdas } = await compile(bucketReport);
    expect(lambdas.map(({ name, permissions }) => [name, permissions])).to.deep.equal([
      ["SumUp", [{ actions: ["s3:GetObject"], resources: ["${orders.arn}/orders/*"] }]],
      [
        "WriteReport",
        [
          { actions: ["s3:GetObject"], resources: ["${reports.arn}/sums/*"] },
          { actions: ["s3:PutObject"], resources: ["${reports.arn}/reports/*"] },
        ],
      ],
    ]);
  });
});
