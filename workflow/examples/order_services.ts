/** The shop's services as an order's machine calls them: each refusal is an error of a name of its own. */
import * as z from "zod";

/** What the machine tells apart. Lambda reports an error under its `name`. */
export class OutOfStock extends Error {
  override readonly name = "OutOfStock";
}
export class CardDeclined extends Error {
  override readonly name = "CardDeclined";
}
export class NoCourier extends Error {
  override readonly name = "NoCourier";
}
/** Nobody knows whether the service did what it was asked for; all of them may be asked again with the same key. */
export class ServiceDown extends Error {
  override readonly name = "ServiceDown";
}

/** A request that is done once, however often it is made with the same order. */
async function send<T>(
  path: string,
  order: string,
  body: object,
  answer: z.ZodType<T>,
  refusal: (why: string) => Error,
): Promise<T> {
  const response = await fetch(`https://shop.example.com/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `${order}/${path}` },
    body: JSON.stringify(body),
  });
  if (response.status >= 500) throw new ServiceDown(`${path} answers ${response.status}`);
  if (!response.ok) throw refusal(await response.text());
  return answer.parse(await response.json());
}

type For<Body> = Body & { order: string };

/** @throws OutOfStock | ServiceDown */
export const reserveStock = ({
  order,
  ...body
}: For<{ items: { sku: string; quantity: number }[] }>): Promise<{ reservation: string }> =>
  send("reservations", order, body, z.object({ reservation: z.string() }), (why) => new OutOfStock(why));

/** @throws CardDeclined | ServiceDown */
export const chargeCard = ({ order, ...body }: For<{ card: string; amount: number }>): Promise<{ payment: string }> =>
  send("payments", order, body, z.object({ payment: z.string() }), (why) => new CardDeclined(why));

/** @throws NoCourier | ServiceDown */
export const bookCourier = ({ order, ...body }: For<{ address: string }>): Promise<{ tracking: string }> =>
  send("shipments", order, body, z.object({ tracking: z.string() }), (why) => new NoCourier(why));

/** @throws ServiceDown */
export const refundCard = ({ order, ...body }: For<{ payment: string }>): Promise<{ refund: string }> =>
  send("refunds", order, body, z.object({ refund: z.string() }), (why) => new ServiceDown(why));

/** @throws ServiceDown */
export const releaseStock = ({ order, ...body }: For<{ reservation: string }>): Promise<{ released: boolean }> =>
  send("releases", order, body, z.object({ released: z.boolean() }), (why) => new ServiceDown(why));
