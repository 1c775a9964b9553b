/** What the surface accepts and refuses, told by the compiler: a line here that is wrong fails `npm run typecheck`. */
import { CreateCrawlerCommand, GetCrawlerCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeExecutionCommand, type ExecutionStatus } from "@aws-sdk/client-sfn";
import * as z from "zod";
import {
  add,
  AnyError,
  at,
  type Block,
  csvRows,
  dynamoTable,
  eq,
  fetchHttp,
  type Flow,
  getItem,
  gt,
  httpConnection,
  invoke,
  lambdaFunction,
  type LambdaOptions,
  itemsOf,
  type LambdaFunction,
  length,
  type Payload,
  parse,
  type Ref,
  type RefBase,
  type Resources,
  runExecution,
  s3Bucket,
  sdk,
  sendMessage,
  sqsQueue,
  stateMachine,
  text,
  withDefault,
  workflow,
  type Workflow,
} from "../../../workflow/dsl/index.ts";

interface File {
  readonly key: string;
  readonly size?: number;
  readonly owner: { readonly id: string } | null;
}
const input = z.object({
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

const resources = {
  data: s3Bucket(),
  queue: sqsQueue(),
  child: stateMachine<{ id: string }, { found: number }>(),
  function: lambdaFunction(),
  api: httpConnection(),
  table: dynamoTable(),
};
const machine = (write: (flow: Flow, given: Ref<Given>, aws: Resources<typeof resources>) => unknown): Workflow =>
  workflow("typed", { input, resources }, write);

type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Referents<O> = { [K in keyof O]: O[K] extends RefBase<infer T> ? T : never };

/** Helpers that hand on a block of any result, and any value. */
const helped = <B>(flow: Flow, block: Block<B>) => flow.if("Helped", true, block);
const told = <const P>(flow: Flow, lambda: LambdaFunction, payload: Payload<P>) => {
  flow.task("Tell", invoke<P>(lambda, payload));
  return flow.let<P>("Told", payload);
};

/** Never called: the compiler is the test. */
export const accepted = (): Workflow =>
  machine((flow, given, aws) => {
    const marked = flow.lambda(
      "Mark",
      { files: given.files, at: given.at, mode: "soft", deep: [given.at, 1] },
      (event) => {
        const mode: "soft" = event.mode;
        const [when, one]: readonly [string, 1] = event.deep;
        return { mode, when, one, first: event.files[0]?.key ?? null, size: event.files[0]?.size };
      },
    );
    // Options that several steps share leave the event's type alone.
    const patiently: LambdaOptions = { retry: [{ errors: ["Busy"] }] };
    const shared: Ref<number> = flow.lambda("Shared", { at: given.at }, ({ at: when }) => when.length, patiently);
    // References are covariant.
    const wide: Ref<string | number> = given.at;

    const yielded = {
      when: marked.when,
      first: marked.first,
      size: marked.size,
      defaulted: withDefault(marked.size, 0),
      known: withDefault(given.mode, "a"),
      noneAsNull: withDefault(marked.size, null),
      ofRecord: withDefault(given.prices.pear, 0),
      given: withDefault(given.priority, 1),
      untransformed: given.amount,
      widened: withDefault(
        flow.if(
          "Sent",
          gt(given.count, 1),
          () => ({ by: "mail" }),
          () => ({}),
        ).by,
        "none",
      ),
      key: at(given.files, 0).key,
      throughNull: at(given.files, 0).owner.id,
      count: length(given.files),
      quiet: flow.lambda("Quiet", { wide }, async () => Promise.resolve()),
      literal: flow.lambda("Literal", {}, () => "done" as const),
      ways: flow.if(
        "Many",
        gt(given.count, 1),
        () => "many",
        () => 0,
      ),
      nested: flow.if(
        "Nested",
        gt(given.count, 1),
        () => ({ mode: "soft", deep: [{ key: given.at }, 1] }),
        (flow) => {
          flow.wait("Pause", 1);
        },
      ),
      untyped: flow.if(
        "Untyped",
        gt(given.count, 1),
        () => ({ raw: parse(given.at) }),
        (flow) => flow.fail("Untypable", {}),
      ),
      helped: helped(flow, () => given.at),
      told: told(flow, aws.function, { when: given.at }),
      oneOf: flow.lambda("OneOf", { at: given.at }, ({ at: when }) => (when === "" ? { no: true } : { yes: when })),
      literals: flow.map("Literals", ["a", given.at, "b"], { maxConcurrency: 1 }, (_, item) => ({ item })),
      items: flow.distributedMap("Items", itemsOf([{ n: given.count }]), { maxConcurrency: 1 }, (_, item) => item.n),
      oneWay: flow.if("Sometimes", gt(given.count, 1), () => "many"),
      orFail: flow.if(
        "OrFail",
        gt(given.count, 1),
        () => given.at,
        (flow) => flow.fail("TooFew", { error: "TooFew", cause: "few" }),
      ),
      chosen: flow.choose("Mode", given.mode, { a: () => 1, b: () => given.at }),
      matched: flow.match("Post", given.post, "kind", {
        parcel: (_, post) => post.weight,
        letter: (_, post) => post.stamped,
      }),
      answered: flow.callback("Ask", (token) => sendMessage(aws.queue, token), {
        answer: z.object({ yes: z.boolean() }),
      }),
      ran: flow.task("Run", runExecution(aws.child, { id: given.at })),
      invoked: flow.task("Call", invoke(aws.function, given, { answer: z.object({ n: z.number() }) })).n,
      fetched: flow.task("Get", fetchHttp(aws.api, { method: "GET", url: "https://x.y" }, { answer: z.string() })),
      item: flow.task("Item", getItem(aws.table, { id: { S: given.at } }, { answer: z.object({ n: z.number() }) }))
        .Item,
      counted: flow.repeat(
        "Count",
        0,
        { atMost: 3 },
        (_, count) => add(count, 1),
        (count) => gt(count, 2),
      ),
      gathered: flow.repeat(
        "Gather",
        { n: 0, token: given.at },
        { atMost: 3 },
        (_, state) => ({ n: add(state.n, 1), token: state.token }),
        (state) => gt(state.n, 2),
      ),
      children: flow.distributedMap("Each", itemsOf(given.files), { maxConcurrency: 1 }, (_, file) => file.key),
      batches: flow.distributedMap(
        "Batches",
        itemsOf(given.files),
        { maxConcurrency: 1, batch: { items: 5 } },
        (_, files) => length(files),
      ),
      written: flow.distributedMap(
        "Written",
        csvRows({ bucket: aws.data, key: "k", columns: ["id"] }),
        { maxConcurrency: 1, results: { bucket: aws.data, prefix: "out" } },
        (_, row) => row.id,
      ).ResultWriterDetails.Key,
      handled: flow
        .try("Handled", () => 1)
        .on(["Mine", "Yours"], (_, error) => error.Error)
        .catch(AnyError, (flow) => flow.fail("Odd", {})),
      attempted: flow.try("Careful", () => 1).catch(AnyError, (_, error) => error.Error),
      both: flow.parallel("Both", { one: () => given.count, other: () => ({ key: given.at }) }),
      keys: flow.map("Keys", given.files, { maxConcurrency: 1 }, (_, file) => file.key),
      inItsCase: flow.task("Execution", sdk(DescribeExecutionCommand, { ExecutionArn: given.at }, "*")).Status,
      begun: flow.task("Crawler", sdk(GetCrawlerCommand, { Name: given.at }, "*")).Crawler.LastCrawl.StartTime,
    };
    const exactly: Same<
      Referents<typeof yielded>,
      {
        when: string;
        first: string | null;
        size: number | undefined;
        defaulted: number;
        known: "a" | "b";
        noneAsNull: number | null;
        ofRecord: number;
        given: number;
        untransformed: string;
        widened: "mail" | "none";
        key: string | undefined;
        throughNull: string | undefined;
        count: number;
        quiet: null;
        literal: "done";
        ways: "many" | 0;
        nested: { mode: "soft"; deep: [{ key: string }, 1] } | null;
        untyped: { raw: unknown };
        helped: string | null;
        told: { when: string };
        oneOf: { no: boolean; yes?: never } | { yes: string; no?: never };
        literals: { item: string }[];
        items: number[];
        oneWay: "many" | null;
        orFail: string;
        chosen: string | number;
        matched: number | boolean;
        answered: { yes: boolean };
        invoked: number;
        fetched: { StatusCode: number; StatusText: string; Headers: Record<string, string[]>; ResponseBody: string };
        item: { n: number } | undefined;
        ran: { found: number };
        counted: number;
        gathered: { n: number; token: string };
        children: string[];
        batches: number[];
        written: string;
        handled: 1 | "Mine" | "Yours";
        attempted: string | 1;
        both: { one: number; other: { key: string } };
        keys: string[];
        inItsCase: ExecutionStatus | undefined;
        begun: string | undefined;
      }
    > = true;
    return { yielded, exactly, shared };
  });

/** Never called: references stand for parameters as a whole, for parts of them, and for objects that may lack members. */
export const parameters = (
  whole: Ref<{ readonly Name: string }>,
  target: Ref<{ readonly Path?: string }>,
  targets: Ref<{ readonly S3Targets?: { readonly Path?: string }[] }>,
): unknown[] => [
  sdk(GetCrawlerCommand, whole, "*"),
  sdk(CreateCrawlerCommand, { Name: "c", Role: "r", Targets: targets, TablePrefix: undefined }, "*"),
  sdk(CreateCrawlerCommand, { Name: "c", Role: "r", Targets: { S3Targets: [target, { Path: "p" }] } }, "*"),
  sdk(PutObjectCommand, { Bucket: "b", Key: whole.Name, Body: whole.Name, Metadata: { a: whole.Name } }, "*"),
];

/** Never called: each line has to be refused, and the comment says why. */
export const refused = (): Workflow =>
  machine((flow, given, aws) => {
    // @ts-expect-error payload: the value may be missing; use withDefault(reference, …)
    flow.let("Price", given.prices.pear);
    // @ts-expect-error payload.price: the value may be missing; use withDefault(reference, …)
    told(flow, aws.function, { price: given.prices.pear });
    // @ts-expect-error payload: the value may be missing; use withDefault(reference, …)
    flow.let("Priority", given.priority);
    // @ts-expect-error result: a Date is not JSON; use .toISOString()
    flow.lambda("Date", {}, () => new Date());
    // @ts-expect-error result.deep.m: a Map is not JSON
    flow.lambda("Map", {}, () => ({ deep: { m: new Map<string, number>() } }));
    // @ts-expect-error result[]: a Set is not JSON
    flow.lambda("Set", {}, () => [new Set<string>()]);
    // @ts-expect-error result.f: a function is not JSON
    flow.lambda("Function", {}, () => ({ f: () => 1 }));
    // @ts-expect-error result: a bigint is not JSON
    flow.lambda("Bigint", {}, () => 1n);
    // @ts-expect-error result[]: undefined in an array becomes null
    flow.lambda("Hole", {}, () => ["a", undefined]);
    // @ts-expect-error result: `unknown` may not be JSON
    flow.lambda("Unknown", {}, (): unknown => 1);
    // @ts-expect-error result.p: a Promise is not JSON
    flow.lambda("Promise", {}, () => ({ p: Promise.resolve(1) }));
    // @ts-expect-error result.at: a reference can't be returned from inside a Lambda
    flow.lambda("Reference", {}, () => ({ at: given.at }));
    // @ts-expect-error payload.f: a function is not JSON
    flow.lambda("PayloadFunction", { f: () => 1 }, () => 1);

    // @ts-expect-error the event has no such member
    flow.lambda("Typo", { at: given.at }, ({ att }) => typeof att);
    // @ts-expect-error a text has no toFixed
    flow.lambda("WrongMethod", { at: given.at }, ({ at: when }) => typeof when.toFixed);

    // @ts-expect-error result: the value may be missing; use withDefault(reference, …)
    flow.if("MissingResult", true, () => at(given.files, 0));
    // @ts-expect-error there may be no first file, so its key may be missing: withDefault
    text`${at(given.files, 0).key}`;
    // @ts-expect-error the default of a text is a text
    withDefault(at(given.files, 0).key, 1);
    // @ts-expect-error a missing number has no order: withDefault
    gt(at(given.files, 0).size, 1);
    // @ts-expect-error a number is no text
    eq(given.at, 1);
    // @ts-expect-error the input has no such member
    flow.let("Nothing", given.nothing);
    // @ts-expect-error a text is no condition
    flow.if("Text", given.at, () => 1);
    // @ts-expect-error a value of `mode` is forgotten
    flow.choose("Forgotten", given.mode, { a: () => 1 });
    // @ts-expect-error the input's mode has no such value
    flow.choose("TooMany", given.mode, { a: () => 1, b: () => 2, c: () => 3 });
    // @ts-expect-error payload.key: the value may be missing; use withDefault(reference, …)
    flow.lambda("Missing", { key: at(given.files, 0).key }, () => 1);
    // @ts-expect-error Step Functions wants PascalCase
    sdk(DescribeExecutionCommand, { executionArn: given.at }, "*");
    // @ts-expect-error a reference is no number here
    flow.wait("Wait", given.at);
    // @ts-expect-error the API wants a Name
    sdk(GetCrawlerCommand, {}, "*");
    // @ts-expect-error there may be no first file, so its key may be missing
    sdk(GetCrawlerCommand, { Name: at(given.files, 0).key }, "*");
    // @ts-expect-error there may be no first crawler
    sdk(GetCrawlerCommand, at(given.crawlers, 0), "*");
    // @ts-expect-error the API's Name is a text
    sdk(GetCrawlerCommand, { Name: given.count }, "*");
  });
