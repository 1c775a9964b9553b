/** What compiling tells of data that can be too large, and of histories that can be too long: whole messages. */
import { expect } from "chai";
import * as z from "zod";
import {
  add,
  AnyError,
  define,
  concat,
  gt,
  itemsOf,
  jsonItems,
  length,
  map,
  s3Bucket,
  sendMessage,
  split,
  sqsQueue,
  workflow,
  type Finding,
  type Flow,
  type Ref,
  type Retry,
  type Workflow,
} from "../../../../workflow/dsl/index.ts";

const file = z.object({ key: z.uuid(), size: z.int(), kind: z.enum(["orders", "items"]) });
const files = z.array(file);
const listing = z.object({ files: files.max(10_000), name: z.string().max(8) });
const input = z.object({
  name: z.string(),
  id: z.uuid(),
  note: z.string().max(40_000),
  few: files.max(100),
  many: z.array(z.int().min(0).max(9)).max(3000),
});
const large = z.object({ files: files.max(10_000), id: z.uuid() });
const resources = { queue: sqsQueue(), bucket: s3Bucket() };

const page = z.string().max(40_000);

const form = z.object(
  Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, z.string().max(1000).optional()])),
);

const one = (): number => 1;

/** What is found, a line each; all of it on a line of this file. */
function lines(findings: readonly Finding[]): string[] {
  for (const { site } of findings) expect(`${site.file}:${site.line}`).to.match(/sizes\.test\.ts:[1-9]/);
  return findings.map(({ code, state, message }) => `${code} ${state}: ${message}`);
}
const foundIn = async (machine: Workflow): Promise<string[]> => lines((await define(machine)).findings);
const found = (write: (flow: Flow, given: Ref<z.infer<typeof input>>) => unknown): Promise<string[]> =>
  foundIn(workflow("sample", { input }, write));

const allowed = "262,144 are allowed";
const pass = "Put it into S3 and pass its key, or narrow its schema.";
const tooMany = "10,000 items of up to 87 bytes";
const notes = "a text of up to 40,000 characters, each of which can have 6 bytes as JSON";

describe("data that can be too large", () => {
  it("is found in a task's result and its arguments, and told of once", async () => {
    expect(
      await found((flow, given) => {
        const listed = flow.lambda("List", { id: given.id }, () => ({ files: [], name: "x" }), { output: listing });
        flow.lambda("Use", { files: listed.files, name: listed.name }, one);
        flow.let("Kept", { listed });
        flow.lambda("Twice", { one: given.note, other: given.note, listed: listed.files }, one);
      }),
    ).to.deep.equal([
      `payload-too-large List: its result can have up to 880,069 bytes, and ${allowed}: its largest part is files: ${tooMany}. ${pass}`,
      `payload-too-large Twice: Arguments can have 480,059 bytes or more, and ${allowed}: its largest part is Payload.one: ${notes}. ${pass}`,
    ]);
  });

  it("is told by its members where none of them makes most of it", async () => {
    expect(
      await found((flow) => {
        flow.let("Once", { pages: flow.lambda("Form", {}, () => ({}), { output: form }) });
      }),
    ).to.deep.equal([
      `payload-too-large Form: its result can have up to 300,441 bytes, and ${allowed}: 50 members. ${pass}`,
    ]);
  });

  it("is found in what a workflow takes and yields", async () => {
    expect(
      await foundIn(
        workflow("sample", { input: large }, (flow, given) => {
          flow.lambda("Begin", given, one);
          return map(given.files, (each) => [each.key, each.key, each.key]);
        }),
      ),
    ).to.deep.equal([
      `payload-too-large sample: the execution's input can have up to 880,055 bytes, and ${allowed}: its largest part is files: ${tooMany}. Put it into S3 and take its key, or narrow the schema.`,
      `payload-too-large sample: the execution's output can have up to 1,190,001 bytes, and ${allowed}: 10,000 items of up to 118 bytes. ${pass}`,
    ]);
  });

  it("is found in variables, in branches together, in a Map's items and results, and in a loop's state", async () => {
    expect(
      await found((flow, given) => {
        const texts = { one: given.note, other: given.note };
        flow.let("Both", texts);
        const sides = flow.parallel("Sides", {
          left: (flow) => flow.lambda("Left", {}, () => "", { output: z.string().max(40_000) }),
          right: () => given.note,
        });
        const numbers = flow.map("Numbers", given.many, { maxConcurrency: 1 }, (flow, item) => ({
          item: flow.let("Item", item),
          ids: [given.id, given.id],
        }));
        flow.map("Notes", [given.note, given.note], { maxConcurrency: 1 }, (flow) => {
          flow.wait("Pause", 1);
        });
        flow.repeat(
          "Grow",
          { texts: [given.name], rounds: length(given.many) },
          { atMost: 3 },
          (flow, { rounds }) => ({ texts: [given.note, given.note], rounds: flow.let("Round", add(rounds, 1)) }),
          ({ rounds }) => gt(rounds, 1),
        );
        flow.if(
          "Many",
          gt(length(given.many), 10),
          (flow) => flow.succeed("Listed", { sides, numbers }),
          (flow) => flow.succeed("Told", texts),
        );
      }),
    ).to.deep.equal([
      `payload-too-large Both: its value can have up to 480,021 bytes, and ${allowed}: its largest part is one: ${notes}. ${pass}`,
      `payload-too-large Sides: its result can have up to 480,022 bytes, and ${allowed}: its largest part is left: ${notes}. ${pass}`,
      `payload-too-large Numbers: its result can have up to 291,001 bytes, and ${allowed}: 3,000 items of up to 96 bytes. Yield less from each iteration, or put it into S3 and yield its key.`,
      `payload-too-large Notes: Items can have up to 480,007 bytes, and ${allowed}: 2 items of up to 240,002 bytes. ${pass}`,
      `payload-too-large Grow: the state that its next round gets can have up to 480,052 bytes, and ${allowed}: its largest part is texts: 2 items of up to 240,002 bytes. ${pass}`,
      `payload-too-large Told: Output can have up to 480,021 bytes, and ${allowed}: its largest part is one: ${notes}. ${pass}`,
    ]);
  });

  it("is found in what children of a distributed Map get, and in what they yield without a writer", async () => {
    expect(
      await foundIn(
        workflow("sample", { input, resources }, (flow, given, aws) => {
          const once = flow.let("Once", { text: given.note });
          const listed = itemsOf(given.many);
          const pages = itemsOf(map(given.few, () => given.id));
          flow.distributedMap("Alone", pages, { maxConcurrency: 1 }, (flow, item) => {
            flow.let("Own", item);
            flow.let("Given", length(split(given.note, "/")));
            flow.let("Handed", length(split(once.text, "/")));
          });
          const wide = flow.map("Wide", given.few, { maxConcurrency: 1 }, (flow) =>
            flow.lambda("Page", {}, () => "", { output: z.string().max(400) }),
          );
          const batches = { maxConcurrency: 1, batch: { items: 200 } };
          flow.distributedMap("Batches", itemsOf(concat(wide, wide)), batches, (flow, items) => {
            flow.lambda("Batch", { items: length(items) }, one);
          });
          const bounded = { maxConcurrency: 1, batch: { items: 200, bytes: 100_000 } };
          flow.distributedMap("Bounded", itemsOf(wide), bounded, (flow, items) => {
            flow.lambda("Few", { items: length(items) }, one);
          });
          const all = flow.distributedMap("All", listed, { maxConcurrency: 1 }, (flow) => ({
            ids: [flow.lambda("Id", {}, () => "", { output: z.uuid() }), given.id],
          }));
          const some = flow.distributedMap("Some", listed, { maxConcurrency: 1, batch: { items: 10 } }, (flow) => ({
            ids: [flow.lambda("Some id", {}, () => "", { output: z.uuid() }), given.id],
          }));
          const written = flow.distributedMap(
            "Written",
            listed,
            { maxConcurrency: 1, results: { bucket: aws.bucket, prefix: "results" } },
            (flow) => flow.lambda("Long", {}, () => "", { output: z.string().max(1000) }),
          );
          const read = jsonItems<string>({ bucket: aws.bucket, key: "a.json", maxItems: 100_000 });
          const counted = flow.distributedMap("Read", read, { maxConcurrency: 1 }, (flow) =>
            flow.lambda("Flag", {}, () => true, { output: z.boolean() }),
          );
          flow.let("Kept", { all, some, written, counted });
        }),
      ),
    ).to.deep.equal([
      `payload-too-large Alone: the input of a child execution can have up to 480,113 bytes, and ${allowed}: its largest part is BatchInput.Outer.Once_text: ${notes}. ${pass}`,
      `payload-too-large Batches: Items can have up to 480,601 bytes, and ${allowed}: 200 items of up to 2,402 bytes. ${pass}`,
      `payload-too-large Batches: the input of a child execution can have up to 480,611 bytes, and ${allowed}: its largest part is Items: 200 items of up to 2,402 bytes. Give \`batch\` fewer items, or \`bytes\`.`,
      `payload-too-large All: its result can have up to 264,001 bytes, and ${allowed}: 3,000 items of up to 87 bytes. Give the Map \`results\`, which writes them to S3.`,
      `payload-too-large Read: its result can have up to 600,001 bytes, and ${allowed}: 100,000 items of up to 5 bytes. Give the Map \`results\`, which writes them to S3.`,
    ]);
  });

  it("is not made up for batches whose size only the machine knows", async () => {
    const sized = workflow("sample", { input: z.object({ ids: z.array(z.uuid()), size: z.int() }) }, (flow, given) =>
      flow.distributedMap(
        "Each",
        itemsOf(given.ids),
        { maxConcurrency: 1, batch: { items: given.size } },
        (flow, ids) => flow.let("Count", length(ids)),
      ),
    );
    expect(await foundIn(sized)).to.deep.equal([]);
  });

  it("is told only where its bound is known, and where it is not accepted", async () => {
    const accept = { "payload-too-large": "it never has more than a page" };
    expect(
      await foundIn(
        workflow("sample", { input: large, accept }, (flow, given) => {
          const context = flow.context.Execution.Name;
          const unknown = flow.lambda("Unknown", { files: given.files, context }, () => ["any"]);
          flow.let("Copies", { unknown, again: unknown });
          flow.let(
            "Mapped",
            map(given.files, (each) => [each.key, each.key, each.key]),
            { accept },
          );
          flow.map("Any", unknown, { maxConcurrency: 40 }, (flow, item) => {
            flow.let("Thing", item);
          });
        }),
      ),
    ).to.deep.equal([]);
  });
});

describe("a history that can be too long", () => {
  const everyFile = z.object({ files: files.max(2500) });
  const work = (flow: Flow, name: string): void => {
    flow.wait(name, 1);
    flow.wait(`${name} more`, 1);
    flow.wait(`${name} and more`, 1);
    flow.wait(`${name} and again`, 1);
  };

  it("is told of the Map that makes most of it, by the most items that it can have", async () => {
    expect(
      await foundIn(
        workflow("sample", { input: everyFile }, (flow, given) => {
          flow.map("Each", given.files, { maxConcurrency: 1 }, (flow) => {
            work(flow, "Work");
          });
        }),
      ),
    ).to.deep.equal([
      'long-history Each: an execution can have some 30,006 events, and ends with an error at 25,000. Its largest part is 2,500 items of "Each", of some 12 events each: make "Each" a distributed Map, or move its steps into executions of their own',
    ]);
  });

  it("is told of a loop, on the line of the loop, with the Map within", async () => {
    const machine = workflow("sample", { input }, (flow, given) => {
      flow.wait("Before", 1);
      flow.poll(
        "Again",
        { every: 1, atMost: 50 },
        (flow) => flow.map("Few", given.few, { maxConcurrency: 1 }, (flow, item) => flow.let("Size", item.size)),
        (sizes) => gt(length(sizes), 7),
      );
    });
    const { findings } = await define(machine);
    expect(lines(findings)).to.deep.equal([
      'long-history Again: done?: an execution can have some 40,412 events, and ends with an error at 25,000. Its largest part is 50 rounds of the loop that "Again: done?" ends times 100 items of "Few", of some 8 events each: move its rounds into executions of their own',
    ]);
    const { sites } = await define(machine);
    expect(findings[0]?.site).to.deep.equal(sites.Again);
  });

  it("is none of children of a distributed Map, but each child has its own", async () => {
    expect(
      await foundIn(
        workflow("sample", { input: everyFile, resources }, (flow, given, aws) => {
          flow.distributedMap("Children", itemsOf(given.files), { maxConcurrency: 1 }, (flow) => {
            work(flow, "Child");
          });
          const source = jsonItems<string>({ bucket: aws.bucket, key: "a.json" });
          const batches = { maxConcurrency: 1, batch: { items: 3000 } };
          flow.distributedMap("Batches", source, batches, (flow, items) => {
            flow.map("Within", items, { maxConcurrency: 1 }, (flow) => {
              work(flow, "Inner");
            });
          });
        }),
      ),
    ).to.deep.equal([
      'long-history Within: an execution can have some 36,006 events, and ends with an error at 25,000. Its largest part is 3,000 items of "Within", of some 12 events each: make "Within" a distributed Map, or move its steps into executions of their own',
    ]);
  });

  it("can be accepted where it is made", async () => {
    expect(
      await foundIn(
        workflow("sample", { input: everyFile }, (flow, given) => {
          const accept = { "long-history": "there are 100 files at most" };
          flow.map("Accepted", given.files, { maxConcurrency: 1, accept }, (flow) => {
            work(flow, "Any");
          });
        }),
      ),
    ).to.deep.equal([]);
  });
});

describe("variables that can be too large together", () => {
  const pages = (accept?: Readonly<Record<string, string>>): Workflow =>
    workflow("sample", { input, ...(accept === undefined ? {} : { accept }) }, (flow, given) => {
      const first = flow.lambda("First", {}, () => "", { output: page });
      flow.map("Each", given.few, { maxConcurrency: 0 }, (flow) => {
        const inner = flow.lambda("Inner page", {}, () => "", { output: page });
        const other = flow.lambda("Other page", {}, () => "", { output: page });
        flow.let("Lengths", [length(split(inner, "/")), length(split(other, "/"))]);
      });
      flow.let("Length", length(split(first, "/")));
    });
  const message =
    'variables-too-large sample: the variables of an execution can have up to 19,440,162 bytes at once, and 10,485,760 are allowed: the largest are 40 iterations of "Each" at once with up to 19,200,160 bytes, "First" with up to 240,002 bytes. Put data into S3 and keep its key, or use fewer iterations at once.';

  it("are found where most are there at once", async () => {
    expect(await foundIn(pages())).to.deep.equal([message]);
    expect(await foundIn(pages({ "variables-too-large": "pages are short" }))).to.deep.equal([]);
  });
});

describe("a callback that is retried", () => {
  const answer = z.object({ approved: z.boolean() });
  const retry: readonly Retry[] = [{ errors: ["States.Timeout"] }];
  const repeats =
    "sends the request again with a new token, while the first may still be worked on: make the receiver idempotent, or catch the error instead";
  const asking = (accept: Readonly<Record<string, string>> | undefined): Workflow =>
    workflow("sample", { input, resources }, (flow, given, aws) => {
      const options = { answer, timeout: 60, ...(accept === undefined ? {} : { accept }) };
      flow.callback("Once", (token) => sendMessage(aws.queue, { token, id: given.id }), { answer, timeout: 60 });
      flow.callback("Again", (token) => sendMessage(aws.queue, { token }), { ...options, retry });
      flow
        .try("Careful", (flow) => flow.callback("Inside", (token) => sendMessage(aws.queue, { token }), options), {
          retry,
        })
        .catch(AnyError, () => null);
    });

  it("is found, by itself and within what is retried, and can be accepted", async () => {
    expect(await foundIn(asking(undefined))).to.deep.equal([
      `callback-retried Again: a retry ${repeats}`,
      `callback-retried Inside: a retry of "Careful" ${repeats}`,
    ]);
    expect(await foundIn(asking({ "callback-retried": "the receiver knows the request's id" }))).to.deep.equal([]);
  });
});
