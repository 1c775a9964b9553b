/** What may be missing while the machine runs: values, causes of errors, and steps. */
import { expect } from "chai";
import * as z from "zod";
import {
  AnyError,
  at,
  exists,
  itemsOf,
  length,
  text,
  withDefault,
  workflow,
  type Flow,
  type Ref,
  type Workflow,
} from "../../../workflow/dsl/index.ts";
import { TaskError } from "../../../workflow/simulator/index.ts";
import { run } from "./run.ts";

const input = z.object({
  ids: z.array(z.number()),
  note: z.string().optional(),
  deep: z.object({ tags: z.array(z.string()).optional() }).optional(),
});
type Given = z.infer<typeof input>;

const machine = (write: (flow: Flow, given: Ref<Given>) => unknown): Workflow => workflow("sample", { input }, write);

const output = async (
  write: (flow: Flow, given: Ref<Given>) => unknown,
  given: Given = { ids: [1, 2] },
  tasks = {},
): Promise<unknown> => (await run(machine(write), { input: given, tasks })).output;

describe("what is missing outside of a distributed Map", () => {
  const noted = (flow: Flow, given: Ref<Given>): Ref<unknown> =>
    flow.distributedMap("Each", itemsOf(given.ids), { maxConcurrency: 1 }, (_, id) => ({
      id,
      note: withDefault(given.note, "-"),
      isNoted: exists(given.note),
      tag: withDefault(at(withDefault(given.deep.tags, []), 0), "none"),
    }));

  it("is missing within it too, and what is there is there", async () => {
    expect(await output(noted, { ids: [1] })).to.deep.equal([{ id: 1, note: "-", isNoted: false, tag: "none" }]);
    expect(await output(noted, { ids: [1], note: "n", deep: { tags: ["t"] } })).to.deep.equal([
      { id: 1, note: "n", isNoted: true, tag: "t" },
    ]);
    expect(await output(noted, { ids: [1], deep: {} })).to.deep.equal([
      { id: 1, note: "-", isNoted: false, tag: "none" },
    ]);
  });

  it("is missing for a batch, and for a Map within the Map", async () => {
    expect(
      await output((flow, given) =>
        flow.distributedMap("Batches", itemsOf(given.ids), { maxConcurrency: 1, batch: { items: 2 } }, (flow, ids) =>
          flow.distributedMap("Each", itemsOf(ids), { maxConcurrency: 1 }, (_, id) => [
            id,
            withDefault(given.note, "-"),
          ]),
        ),
      ),
    ).to.deep.equal([
      [
        [1, "-"],
        [2, "-"],
      ],
    ]);
  });
});

describe("an error that is caught", () => {
  const caught = (tasks: object, body: (flow: Flow) => unknown): Promise<unknown> =>
    output(
      (flow) => flow.try("Careful", body).catch(AnyError, (_, error) => text`${error.Error}: ${error.Cause}`),
      undefined,
      tasks,
    );
  const work = (flow: Flow): Ref<number> => flow.lambda("Work", {}, () => 1);

  it("has its name and its cause", async () => {
    const tasks = {
      Work: () => {
        throw new TaskError("Busy", "try later");
      },
    };
    expect(await caught(tasks, work)).to.equal("Busy: try later");
  });

  it("has empty texts where the Fail has neither", async () => {
    expect(await caught({}, (flow) => flow.fail("Odd", {}))).to.equal(": ");
    expect(await caught({}, (flow) => flow.fail("Odd", { error: "Odd" }))).to.equal("Odd: ");
    expect(await caught({}, (flow) => flow.fail("Odd", { cause: "so" }))).to.equal(": so");
  });

  it("has an empty cause where a task takes too long", async () => {
    const tasks = { Work: (_: unknown, { sleep }: { sleep: (seconds: number) => Promise<void> }) => sleep(100) };
    expect(await caught(tasks, work)).to.equal("States.Timeout: ");
  });
});

describe("a member that a Lambda may leave out", () => {
  const measure = (flow: Flow, given: Ref<Given>): Ref<{ first?: number }> =>
    flow.lambda("Measure", { ids: given.ids }, ({ ids: [first] }) => (first === undefined ? {} : { first }));

  it("is missing for the next step, unless a default stands in", async () => {
    const first = (payload: object): Promise<unknown> =>
      output((flow, given) => withDefault(measure(flow, given).first, 0), undefined, {
        Measure: () => ({ Payload: payload }),
      });
    expect([await first({ first: 7 }), await first({})]).to.deep.equal([7, 0]);
  });
});

describe("a workflow without steps", () => {
  it("yields what it returns: an expression, a text, a list", async () => {
    expect(await output((_, given) => text`${length(given.ids)} items`)).to.equal("2 items");
    expect(await output((_, given) => ({ ids: given.ids, fixed: true }))).to.deep.equal({ ids: [1, 2], fixed: true });
    expect(await output(() => "done")).to.equal("done");
    expect(await output(() => ["a", 1])).to.deep.equal(["a", 1]);
  });
});
