/**
 * A person decides. Small expenses are paid at once; others wait for the manager's answer. Who says nothing for a day is
 * asked again, and after another day finance is. The machine costs nothing while it waits, and each question has a token
 * of its own, so an answer to one that has passed is refused.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
import * as z from "zod";
import {
  AnyError,
  days,
  lte,
  publish,
  sendMessage,
  snsTopic,
  sqsQueue,
  text,
  workflow,
  type Flow,
  type Ref,
} from "../dsl/index.ts";

const expense = z.object({
  id: z.string(),
  employee: z.string(),
  manager: z.string(),
  purpose: z.string(),
  /** Cents. */
  amount: z.number(),
});

/**
 * What the approvals app answers with by SendTaskSuccess. An employee who takes the claim back ends the question with
 * SendTaskFailure and the error `Withdrawn`.
 */
const decision = z.discriminatedUnion("decision", [
  z.object({ decision: z.literal("approved"), by: z.string() }),
  z.object({ decision: z.literal("rejected"), by: z.string(), reason: z.string() }),
]);

const resources = {
  /** What the approvals app shows. */
  approvals: sqsQueue(),
  payments: sqsQueue(),
  mail: snsTopic(),
};

/** Cents; up to here nobody is asked. */
const petty = 50_00;

export const humanApproval = workflow(
  "human_approval",
  { comment: "Pays an expense once somebody has approved it", input: expense, resources },
  (flow, claim, aws) => {
    const ask = (flow: Flow, name: string, who: string | Ref<string>, reminder: boolean) =>
      flow.callback(name, (token) => sendMessage(aws.approvals, { token, who, reminder, claim }), {
        answer: decision,
        timeout: days(1),
      });

    const askAround = (flow: Flow) =>
      flow
        .try("Manager", (flow) => ask(flow, "AskManager", claim.manager, false))
        .catch(["States.Timeout"], (flow) =>
          flow
            .try("Reminded", (flow) => ask(flow, "RemindManager", claim.manager, true))
            .catch(["States.Timeout"], (flow) => ask(flow, "AskFinance", "finance", false)),
        );

    return flow
      .try("Claim", (flow) => {
        const decided = flow.if(
          "Petty",
          lte(claim.amount, petty),
          () => ({ decision: "approved", by: "policy" }),
          askAround,
        );
        return flow.match("Decision", decided, "decision", {
          approved: (flow, { by }) => {
            flow.task("Pay", sendMessage(aws.payments, { claim: claim.id, to: claim.employee, amount: claim.amount }));
            return { outcome: "paid", by };
          },
          rejected: (flow, { by, reason }) => {
            const subject = text`Not paid: ${claim.purpose}`;
            flow.task("Explain", publish(aws.mail, { subject, message: text`${by} says: ${reason}` }));
            return { outcome: "rejected", by };
          },
        });
      })
      .on(["Withdrawn"], () => ({ outcome: "withdrawn", by: claim.employee }))
      .catch(AnyError, (flow, error) => {
        const subject = text`Nobody decided on ${claim.id}`;
        flow.task("Alert", publish(aws.mail, { subject, message: text`${error.Error}: ${error.Cause}` }));
        return flow.fail("Undecided", { error: "Undecided", cause: text`${claim.id} needs a person: ${error.Error}` });
      });
  },
);
