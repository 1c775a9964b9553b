import { expect } from "chai";
import { compileMachine } from "../../../../cli/commands/compile.ts";
import { compile, days } from "../../../../workflow/dsl/index.ts";
import { humanApproval } from "../../../../workflow/examples/human_approval.ts";
import { TaskError, type TaskCall } from "../../../../workflow/simulator/index.ts";
import { describeExample, permissionsOf } from "./describe_example.ts";
import { example, play, silence } from "./example.ts";

describe("the example of human approval", function () {
  this.timeout(30_000);

  it("is compiled by the command line as well", async () => {
    expect(await compileMachine(humanApproval.name)).to.contain('"QueryLanguage": "JSONata"');
  });

  const claim = { id: "c-1", employee: "ada", manager: "grace", purpose: "A train", amount: 120_00 };
  const question = (who: string, reminder: boolean, token: unknown): object => ({
    QueueUrl: "${approvals.url}",
    MessageBody: { token, who, reminder, claim },
  });
  const approved = { decision: "approved", by: "grace" };
  const sent = { MessageId: "m" };

  describeExample(
    example(humanApproval, {
      "pays what is petty without asking": {
        input: { ...claim, amount: 50_00 },
        tasks: { Pay: sent },
        output: { outcome: "paid", by: "policy" },
        states: ["Claim", "Petty", "Decision", "Pay"],
      },
      "pays what the manager approves": {
        input: claim,
        tasks: { AskManager: ({ sleep }) => sleep(3600).then(() => approved), Pay: sent },
        output: { outcome: "paid", by: "grace" },
        seconds: 3600,
        asked: {
          Pay: [{ QueueUrl: "${payments.url}", MessageBody: { claim: "c-1", to: "ada", amount: 120_00 } }],
        },
      },
      "explains a rejection": {
        input: claim,
        tasks: { AskManager: { decision: "rejected", by: "grace", reason: "too late" }, Explain: sent },
        output: { outcome: "rejected", by: "grace" },
        asked: {
          Explain: [{ TopicArn: "${mail.arn}", Subject: "Not paid: A train", Message: "grace says: too late" }],
        },
      },
      "reminds the manager after a day": {
        input: claim,
        tasks: { AskManager: silence, RemindManager: approved, Pay: sent },
        output: { outcome: "paid", by: "grace" },
        states: ["Claim", "Petty", "AskManager", "RemindManager", "Decision", "Pay"],
        seconds: days(1),
      },
      "asks finance after two": {
        input: claim,
        tasks: { AskManager: silence, RemindManager: silence, AskFinance: { ...approved, by: "finance" }, Pay: sent },
        output: { outcome: "paid", by: "finance" },
        seconds: days(2),
      },
      "alerts where nobody has answered after three": {
        input: claim,
        tasks: { AskManager: silence, RemindManager: silence, AskFinance: silence, Alert: sent },
        error: "Undecided",
        cause: "c-1 needs a person: States.Timeout",
        seconds: days(3),
      },
      "ends well where the claim is withdrawn": {
        input: claim,
        tasks: { AskManager: new TaskError("Withdrawn", "paid myself") },
        output: { outcome: "withdrawn", by: "ada" },
      },
      "alerts where it can't be paid": {
        input: { ...claim, amount: 1 },
        tasks: { Pay: new TaskError("SQS.QueueDoesNotExistException", "no queue"), Alert: sent },
        error: "Undecided",
        asked: {
          Alert: [
            {
              TopicArn: "${mail.arn}",
              Subject: "Nobody decided on c-1",
              Message: "SQS.QueueDoesNotExistException: no queue",
            },
          ],
        },
      },
    }),
  );

  it("may only write to its queues and its topic", async () => {
    expect(await permissionsOf(humanApproval)).to.have.members([
      "sqs:SendMessage on ${approvals.arn}",
      "sqs:SendMessage on ${payments.arn}",
      "sns:Publish on ${mail.arn}",
    ]);
  });

  it("asks each question with a token of its own", async () => {
    const asked: unknown[] = [];
    const tokens: unknown[] = [];
    const seen = ({ arguments: args, taskToken, sleep }: TaskCall): Promise<void> => {
      asked.push(args);
      tokens.push(taskToken);
      return sleep(Infinity);
    };
    const { definition } = await compile(humanApproval);
    const tasks = { AskManager: seen, RemindManager: seen, AskFinance: seen, Alert: sent };
    await play(humanApproval, { input: claim, tasks }, definition);
    expect(asked).to.deep.equal([
      question("grace", false, tokens[0]),
      question("grace", true, tokens[1]),
      question("finance", false, tokens[2]),
    ]);
    expect(new Set(tokens).size).to.equal(3);
  });
});
