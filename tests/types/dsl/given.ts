/** What the programs here are given. */
import * as z from "zod";
import {
  type Block,
  dynamoTable,
  type Flow,
  httpConnection,
  invoke,
  type LambdaFunction,
  lambdaFunction,
  type Payload,
  type Ref,
  type Resolve,
  type Resources,
  s3Bucket,
  sqsQueue,
  stateMachine,
  workflow,
  type Workflow,
  type Yielded,
} from "../../../workflow/dsl/index.ts";

interface File {
  readonly key: string;
  readonly size?: number;
  readonly owner: { readonly id: string } | null;
}
export const input = z.object({
  at: z.string(),
  count: z.number(),
  crawlers: z.array(z.object({ Name: z.string() })),
  files: z.array(z.custom<File>()),
  mode: z.enum(["a", "b"]),
  prices: z.record(z.string(), z.number()),
  // Nobody parses the input of a machine: what the schema would make of it isn't there.
  priority: z.number().default(1),
  amount: z.string().transform(Number),
  post: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("parcel"), weight: z.number() }),
    z.object({ kind: z.literal("letter"), stamped: z.boolean() }),
  ]),
});
type Given = z.input<typeof input>;

export const resources = {
  data: s3Bucket(),
  queue: sqsQueue(),
  child: stateMachine<{ id: string }, { found: number }>(),
  function: lambdaFunction(),
  api: httpConnection(),
  table: dynamoTable(),
};
export const machine = (
  write: (flow: Flow, given: Ref<Given>, aws: Resources<typeof resources>) => unknown,
): Workflow => workflow("typed", { input, resources }, write);

export type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** Helpers that hand on a block of any result, and any value. */
export const helped = <B>(flow: Flow, block: Block<B>): Ref<Yielded<B> | null> => flow.if("Helped", true, block);
export const told = <const P>(flow: Flow, lambda: LambdaFunction, payload: Payload<P>): Ref<Resolve<P>> => {
  flow.task("Tell", invoke<P>(lambda, payload));
  return flow.let<P>("Told", payload);
};
