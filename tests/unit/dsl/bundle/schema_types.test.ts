/** What schemas make of a Lambda step's types, told by the compiler: a line here that is wrong fails `npm run typecheck`. */
import * as z from "zod";
import { expect } from "chai";
import type {
  CheckEvent,
  CheckPayload,
  CheckReturned,
  EventOf,
  Returned,
} from "../../../../workflow/dsl/json_types.ts";
import type { Ref, Resolve } from "../../../../workflow/dsl/index.ts";

/** A step as the surface has it. */
type Lambda = <const P, R, In extends z.ZodType | undefined = undefined, Out extends z.ZodType | undefined = undefined>(
  payload: P & CheckPayload<P> & CheckEvent<Resolve<P>, In>,
  handler: (event: EventOf<Resolve<P>, In>) => Promise<R & CheckReturned<R, Out>> | (R & CheckReturned<R, Out>),
  options?: { readonly input?: In; readonly output?: Out },
) => Ref<Returned<Awaited<R>, Out>>;

type Same<A, B> = [A, B] extends [B, A] ? true : false;

const Order = z.object({
  day: z.coerce.date<string>(),
  items: z.array(z.object({ sku: z.string() })),
  note: z.string().optional(),
});
const Receipt = z.object({ status: z.enum(["paid", "open"]), at: z.date().transform((at) => at.toISOString()) });

/** Never called: the compiler is the test. */
export const accepted = (lambda: Lambda, given: Ref<{ day: string; items: { sku: string }[] }>): unknown => {
  const year = lambda(
    { day: given.day, items: given.items },
    ({ day, items }) => ({ year: day.getFullYear(), n: items.length }),
    {
      input: Order,
    },
  );
  const typed: Same<typeof year, Ref<{ year: number; n: number }>> = true;
  const literal = lambda({ day: "2025-04-01", items: [{ sku: "a" }] }, ({ note }) => note ?? "", { input: Order });
  const receipt = lambda({}, async () => Promise.resolve({ status: "paid" as const, at: new Date() }), {
    output: Receipt,
  });
  const made: Same<typeof receipt, Ref<{ status: "paid" | "open"; at: string }>> = true;
  const plain = lambda({ n: 1 }, ({ n }) => ({ n }));
  const both: Same<typeof plain, Ref<{ n: 1 }>> = true;
  return [year, typed, literal, receipt, made, plain, both];
};

/** Never called: each line has to be refused, and the comment says why. */
export const refused = (lambda: Lambda, given: Ref<{ day: string; n: number }>): unknown => [
  // @ts-expect-error payload.items: the schema `input` wants it, and it is missing
  lambda({ day: given.day }, () => 1, { input: Order }),
  // @ts-expect-error payload.day: does not fit the schema `input`
  lambda({ day: given.n, items: [] }, () => 1, { input: Order }),
  // @ts-expect-error the event has what the schema makes of it
  lambda({ day: given.day, items: [] }, ({ day }) => ((text: string) => text)(day), { input: Order }),
  // @ts-expect-error result.status: does not fit the schema `output`
  lambda({}, () => ({ status: "lost" as const, at: new Date() }), { output: Receipt }),
  // @ts-expect-error result.at: the schema `output` wants it, and it is missing
  lambda({}, () => ({ status: "paid" as const }), { output: Receipt }),
  // @ts-expect-error result: a Date is not JSON; use .toISOString()
  lambda({}, () => new Date(), { output: z.date() }),
  // @ts-expect-error result: a Date is not JSON; use .toISOString()
  lambda({}, () => new Date()),
];

describe("The types of a step with schemas", () => {
  it("are what the schemas say, told by the compiler", () => {
    expect([accepted, refused]).to.have.length(2);
  });
});
