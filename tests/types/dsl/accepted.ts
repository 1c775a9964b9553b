/** What the surface accepts, told by the compiler: a line here that is wrong fails `npm run typecheck`. */
import { CreateCrawlerCommand, GetCrawlerCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeExecutionCommand, type ExecutionStatus } from "@aws-sdk/client-sfn";
import * as z from "zod";
import {
  add,
  AnyError,
  at,
  csvRows,
  fetchHttp,
  getItem,
  gt,
  invoke,
  type LambdaOptions,
  itemsOf,
  length,
  parse,
  type Ref,
  type RefBase,
  runExecution,
  sdk,
  sendMessage,
  withDefault,
  type Workflow,
} from "../../../workflow/dsl/index.ts";
import { helped, machine, told, type Same } from "./given.ts";

type Referents<O> = { [K in keyof O]: O[K] extends RefBase<infer T> ? T : never };

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
      tolerant: flow.distributedMap(
        "Tolerant",
        itemsOf(given.files),
        { maxConcurrency: 1, tolerated: { count: 1 } },
        (_, file) => file.key,
      ),
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
        tolerant: unknown[];
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
