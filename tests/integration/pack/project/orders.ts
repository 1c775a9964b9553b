/** A workflow as somebody else writes it who has installed the pack: with an inline Lambda, a service and two ways on. */
import { gt, invoke, lambdaFunction, text, workflow } from "ecommerce-lakehouse/workflow";
import * as z from "zod";
import { inCents } from "./prices.ts";

const order = z.object({ customer: z.string(), lines: z.array(z.object({ price: z.number(), quantity: z.number() })) });
// Captured by the handler, and given to the DSL, which changes nothing that it is given.
const terms = { currency: "EUR", approvalAbove: 10_000 };

export const orders = workflow(
  "orders",
  { input: order, resources: { approve: lambdaFunction() } },
  (flow, run, aws) => {
    const sum = flow.lambda("Sum", { lines: run.lines }, ({ lines }) => ({
      cents: lines.reduce((total, { price, quantity }) => total + inCents(price) * quantity, 0),
      currency: terms.currency,
    }));
    const agreed = flow.let("Terms", terms);
    return flow.if(
      "Large",
      gt(sum.cents, agreed.approvalAbove),
      (flow) => {
        // @ts-expect-error The declarations know what the Lambda returns: there is no `pence`.
        void sum.pence;
        const approval = flow.task(
          "Approve",
          invoke(aws.approve, { cents: sum.cents }, { answer: z.object({ by: z.string() }) }),
        );
        return { message: text`${run.customer}: approved by ${approval.by}`, cents: sum.cents };
      },
      () => ({ message: text`${run.customer}: ${sum.currency}`, cents: sum.cents }),
    );
  },
);
