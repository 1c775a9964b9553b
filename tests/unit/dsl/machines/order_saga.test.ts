import { expect } from "chai";
import { compileMachine } from "../../../../cli/commands/compile.ts";
import { orderSaga } from "../../../../workflow/examples/order_saga.ts";
import {
  CardDeclined,
  NoCourier,
  OutOfStock,
  reserveStock,
  ServiceDown,
} from "../../../../workflow/examples/order_services.ts";
import { describeExample, permissionsOf } from "./describe_example.ts";
import { example } from "./example.ts";

describe("the example of order saga", function () {
  this.timeout(30_000);

  it("is compiled by the command line as well", async () => {
    expect(await compileMachine(orderSaga.name)).to.contain('"QueryLanguage": "JSONata"');
  });

  const input = {
    id: "o-1",
    customer: "ada",
    items: [{ sku: "book", quantity: 1 }],
    card: "4242",
    address: "1 High Street",
    amount: 20_00,
  };
  const fails = (error: Error) => (): never => {
    throw error;
  };
  const reserved = { Payload: { reservation: "r-1" } };
  const paid = { Payload: { payment: "p-1" } };
  const undone = { RefundCard: { Payload: { refund: "x-1" } }, ReleaseStock: { Payload: { released: true } } };

  describeExample(
    example(orderSaga, {
      "ships what is there and paid": {
        input,
        tasks: { ReserveStock: reserved, ChargeCard: paid, BookCourier: { Payload: { tracking: "t-1" } } },
        output: { outcome: "shipped", payment: "p-1", tracking: "t-1" },
      },
      "orders back what is not there, with nothing to undo": {
        input,
        tasks: { ReserveStock: fails(new OutOfStock("book")) },
        output: { outcome: "backordered" },
        states: ["Order", "ReserveStock"],
      },
      "releases the stock where the card is declined": {
        input,
        tasks: { ReserveStock: reserved, ChargeCard: fails(new CardDeclined("no funds")), ...undone },
        output: { outcome: "cancelled", because: "CardDeclined" },
        asked: {
          ReleaseStock: [{ FunctionName: "${lambda.ReleaseStock.arn}", Payload: { order: "o-1", reservation: "r-1" } }],
        },
      },
      "undoes the last step first where no courier comes": {
        input,
        tasks: { ReserveStock: reserved, ChargeCard: paid, BookCourier: fails(new NoCourier("island")), ...undone },
        output: { outcome: "cancelled", because: "NoCourier" },
        states: ["Order", "ReserveStock", "Pay", "ChargeCard", "Ship", "BookCourier", "RefundCard", "ReleaseStock"],
      },
      "asks again where nobody knows what was done": {
        input,
        tasks: {
          ReserveStock: [fails(new ServiceDown("503")), reserved],
          ChargeCard: paid,
          BookCourier: { Payload: { tracking: "t-1" } },
        },
        output: { outcome: "shipped", payment: "p-1", tracking: "t-1" },
      },
      "calls the desk where something can't be undone": {
        input,
        tasks: {
          ReserveStock: reserved,
          ChargeCard: fails(new CardDeclined("no funds")),
          ReleaseStock: fails(new ServiceDown("503")),
          CallTheDesk: { MessageId: "m" },
        },
        error: "OrderStuck",
      },
    }),
  );

  it("may only call its Lambdas and the desk", async () => {
    const lambdas = ["ReserveStock", "ChargeCard", "BookCourier", "RefundCard", "ReleaseStock"];
    expect(await permissionsOf(orderSaga)).to.have.members([
      ...lambdas.map((name) => `lambda:InvokeFunction on \${lambda.${name}.arn}`),
      "sns:Publish on ${desk.arn}",
    ]);
  });

  describe("its Lambdas", () => {
    const { fetch } = globalThis;
    afterEach(() => {
      globalThis.fetch = fetch;
    });
    const answer = (body: string, status: number): void => {
      globalThis.fetch = () => Promise.resolve(new Response(body, { status }));
    };
    const reserve = (): Promise<unknown> =>
      reserveStock({ order: "o-1", items: [] }).catch((error: unknown) =>
        error instanceof Error ? `${error.name}: ${error.message}` : error,
      );

    it("yield what the service answers", async () => {
      answer('{"reservation": "r-1"}', 200);
      expect(await reserve()).to.deep.equal({ reservation: "r-1" });
    });

    it("tell a refusal from a service that is down", async () => {
      answer("no book", 409);
      expect(await reserve()).to.equal("OutOfStock: no book");
      answer("", 503);
      expect(await reserve()).to.equal("ServiceDown: reservations answers 503");
    });
  });
});
