/**
 * An order that is done wholly or not at all, over services that share no transaction. Each step that has to be undone
 * is followed by the rest of the order within an `undoing`: whatever fails in there is undone from the inside to the
 * outside, and goes on to the end under its own name, where the shop decides what it means for the customer.
 * https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/saga-orchestration.html
 */
import * as z from "zod";
import {
  AnyError,
  publish,
  seconds,
  snsTopic,
  text,
  workflow,
  type Block,
  type Flow,
  type LambdaOptions,
} from "../dsl/index.ts";
import { bookCourier, chargeCard, refundCard, releaseStock, reserveStock } from "./order_services.ts";

const order = z.object({
  id: z.string(),
  customer: z.string(),
  items: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  card: z.string(),
  address: z.string(),
  /** Cents. */
  amount: z.number(),
});

/** The services take a request twice for once, so one whose answer got lost is made again. */
const patiently: LambdaOptions = {
  timeout: seconds(10),
  retry: [{ errors: ["ServiceDown", "States.Timeout"], interval: 2, maxAttempts: 3, jitter: true }],
};

/** An undoing that fails leaves money or goods in the air, so it tries for about a quarter of an hour. */
const stubbornly: LambdaOptions = {
  timeout: seconds(10),
  retry: [{ errors: AnyError, interval: 2, maxAttempts: 10, maxDelay: 120 }],
};

/** What `rest` yields; if it fails, `undo` is done before the error goes on. */
const undoing = <A>(flow: Flow, name: string, rest: Block<A>, undo: (flow: Flow) => void) =>
  flow.try(name, rest).catch(AnyError, (flow, error) => {
    undo(flow);
    return flow.fail(`${name}: undone`, { error: error.Error, cause: error.Cause });
  });

export const orderSaga = workflow(
  "order_saga",
  {
    comment: "Reserves, charges and ships an order, or undoes what was done",
    input: order,
    resources: { desk: snsTopic() },
  },
  (flow, { id, items, card, amount, address, customer }, aws) =>
    flow
      .try("Order", (flow) => {
        const { reservation } = flow.lambda("ReserveStock", { order: id, items }, reserveStock, patiently);
        return undoing(
          flow,
          "Pay",
          (flow) => {
            const { payment } = flow.lambda("ChargeCard", { order: id, card, amount }, chargeCard, patiently);
            return undoing(
              flow,
              "Ship",
              (flow) => {
                const { tracking } = flow.lambda("BookCourier", { order: id, address }, bookCourier, patiently);
                return { outcome: "shipped", payment, tracking };
              },
              (flow) => flow.lambda("RefundCard", { order: id, payment }, refundCard, stubbornly),
            );
          },
          (flow) => flow.lambda("ReleaseStock", { order: id, reservation }, releaseStock, stubbornly),
        );
      })
      .on(["OutOfStock"], () => ({ outcome: "backordered" }))
      .on(["CardDeclined", "NoCourier"], (_, error) => ({ outcome: "cancelled", because: error.Error }))
      .catch(AnyError, (flow, error) => {
        const message = text`${customer} waits for ${id}. ${error.Error}: ${error.Cause}`;
        flow.task("CallTheDesk", publish(aws.desk, { subject: text`Order ${id} is stuck`, message }));
        return flow.fail("Stuck", { error: "OrderStuck", cause: message });
      }),
);
