/** Mistakes in how steps stand to each other. */
import { AnyError, eq, gt, itemsOf, type Flow, type Ref } from "../../../../workflow/dsl/index.ts";
import { here, nothing, unchecked, type Mistake } from "./mistake.ts";

const noAsync = "its block is an async function: a block is written at once and awaits nothing. Leave `async` out.";
const work = (flow: Flow): Ref<null> => flow.lambda("Work", {}, nothing);

export const stepMistakes = {
  "async-block": [
    {
      what: "an async poll, whose answer is a promise",
      state: "Ask",
      message: noAsync,
      write: (flow) =>
        here(flow).poll(
          "Ask",
          { every: 1, atMost: 2 },
          unchecked<typeof work>(async (flow: Flow) => Promise.resolve(work(flow))),
          (answer) => eq(answer, null),
        ),
    },
    {
      what: "an async block that awaits",
      state: "Few",
      message: noAsync,
      write: (flow, { count }) =>
        // @ts-expect-error a block is written at once; leave `async` out
        flow.if(here("Few"), gt(2, count), async (flow) => {
          await Promise.resolve();
          flow.wait("Pause", 1);
        }),
    },
    {
      what: "an async block that awaits a reference",
      state: "Few",
      message: noAsync,
      write: (flow, { count }) =>
        // @ts-expect-error a block is written at once; leave `async` out
        flow.if(here("Few"), gt(2, count), async (flow) => {
          // eslint-disable-next-line @typescript-eslint/await-thenable
          const one = await flow.let("One", 1);
          flow.let("Copy", one);
        }),
    },
    {
      what: "an async handler, whose step's result is used",
      state: "Careful",
      message: noAsync,
      write: (flow) =>
        flow.let(
          "Copy",
          // @ts-expect-error a block is written at once; leave `async` out
          flow.try(here("Careful"), work).catch(AnyError, async () => Promise.resolve(1)),
        ),
    },
  ],
  "duplicate-name": [
    {
      what: "a name of two states in branches, whose results are used",
      state: "One",
      message: "another state has this name (FILE:LINE): names are unique in a machine",
      write: (flow) => {
        const branch = (flow: Flow): Ref<number> => flow.let("Copy", flow.let("One", 1));
        flow.parallel("Both", { one: branch, other: (flow) => flow.let("Other", flow.let(here("One"), 2)) });
      },
    },
    {
      what: "a name of two states, with others around them",
      state: "Pause",
      message: "another state has this name (FILE:LINE): names are unique in a machine",
      write: (flow) => {
        flow.wait("Pause", 1);
        flow.wait("Between", 1);
        flow.wait(here("Pause"), 2);
        flow.wait("After", 1);
      },
    },
    {
      what: "a name of two states whose results are used",
      state: "One",
      message: "another state has this name (FILE:LINE): names are unique in a machine",
      write: (flow) => {
        const one = flow.lambda("One", {}, () => 1);
        const other = flow.lambda(here("One"), {}, () => 2);
        return { one, other };
      },
    },
    {
      what: "a name that a loop gives to a state",
      state: "Ask: begin",
      message: '"Ask" (FILE:LINE) and "Ask: begin" (FILE:LINE) both make a state of this name: rename one',
      write: (flow) => {
        flow.poll(here("Ask"), { every: 1, atMost: 2 }, work, (answer) => eq(answer, null));
        flow.wait("Ask: begin", 1);
      },
    },
  ],
  "empty-branch": [
    {
      what: "a program without steps",
      message: "the workflow has no steps, and returns nothing",
      write: () => undefined,
    },
    {
      what: "a way without steps",
      state: "Many",
      message: 'the way "yes" has no steps: add one, or leave it out',
      write: (flow, { count }) => flow.if(here("Many"), gt(count, 1), () => undefined),
    },
    {
      what: "a Parallel without branches",
      state: "None",
      message: "has no branches: give it at least one",
      write: (flow) => flow.parallel(here("None"), {}),
    },
    {
      what: "a branch without steps",
      state: "Both",
      message: 'the branch "other" has no steps: add one, or leave it out',
      write: (flow) => flow.parallel(here("Both"), { one: work, other: () => undefined }),
    },
    {
      what: "a Map without steps",
      state: "Each",
      message: "its body has no steps: add one, or leave it out",
      write: (flow, { keys }) => flow.map(here("Each"), keys, { maxConcurrency: 1 }, () => undefined),
    },
    {
      what: "a poll that asks nobody",
      state: "Ask",
      message: "its body has no steps: add one, or leave it out",
      write: (flow, { key }) =>
        here(flow).poll(
          "Ask",
          { every: 1, atMost: 2 },
          () => key,
          (answer) => eq(answer, "x"),
        ),
    },
    {
      what: "a try without steps",
      state: "Careful",
      message: "its body has no steps: add one, or leave it out",
      write: (flow) => flow.try(here("Careful"), () => undefined).catch(AnyError, () => 1),
    },
  ],
  "out-of-scope": [
    {
      what: "a result of another branch in a child execution, to which it would be handed down",
      state: "Copy",
      message:
        'uses what "One" yields (FILE:LINE), which is not known here: it belongs to another branch, or may not have run. Return it from its block, and use what the block yields.',
      write: (flow, { keys }) => {
        const smuggled: Ref<number>[] = [];
        flow.parallel("Both", { one: (flow) => smuggled.push(flow.let("One", 1)), other: work });
        flow.distributedMap("All", itemsOf(keys), { maxConcurrency: 1 }, (flow) => flow.let(here("Copy"), smuggled));
      },
    },
    {
      what: "a result of another way",
      state: "Done",
      message:
        'uses what "Maybe" yields (FILE:LINE), which is not known here: it belongs to another branch, or may not have run. Return it from its block, and use what the block yields.',
      write: (flow, { count }) => {
        let smuggled: Ref<number> | undefined;
        flow.if("Sometimes", gt(count, 1), (flow) => {
          smuggled = flow.lambda("Maybe", {}, () => 1);
        });
        return flow.succeed(here("Done"), { smuggled, again: [smuggled] });
      },
    },
    {
      what: "the item of another Map",
      state: "Done",
      message:
        'uses what "Each" yields (FILE:LINE), which is not known here: it belongs to another branch, or may not have run. Return it from its block, and use what the block yields.',
      write: (flow, { keys }) => {
        const smuggled: Ref<string>[] = [];
        flow.map("Each", keys, { maxConcurrency: 1 }, (_, key) => {
          smuggled.push(key);
          return key;
        });
        return flow.succeed(here("Done"), smuggled);
      },
    },
  ],
  "outer-flow": [
    {
      what: "the outer flow in a block",
      state: "Outside",
      message:
        'is written into another block while "Both" (FILE:LINE) is being written: use the flow that the innermost function is given',
      write: (flow) => flow.parallel("Both", { one: () => flow.let(here("Outside"), 1) }),
    },
    {
      what: "the flow of a block that is finished, whose result is used",
      state: "Late",
      message:
        "is written into another block while its block is finished: use the flow that the innermost function is given",
      write: (flow) => {
        let kept = flow;
        flow.parallel("Both", {
          one: (inner) => {
            kept = inner;
            inner.wait("Inside", 1);
          },
        });
        return kept.lambda(here("Late"), {}, () => 1);
      },
    },
  ],
  "succeed-in-branch": [
    {
      what: "a Succeed in a round, with steps after it",
      state: "Enough",
      message:
        'would end only its branch of "Again" (FILE:LINE), not the execution. Return the branch\'s value, and decide after "Again".',
      write: (flow) =>
        flow.repeat(
          "Again",
          0,
          { atMost: 2 },
          (flow) => {
            flow.succeed(here("Enough"));
            return flow.let("One", 1);
          },
          (count) => gt(count, 1),
        ),
    },
    {
      what: "a Succeed in a branch",
      state: "Enough",
      message:
        'would end only its branch of "Both" (FILE:LINE), not the execution. Return the branch\'s value, and decide after "Both".',
      write: (flow) => flow.parallel("Both", { one: (flow) => flow.succeed(here("Enough")), other: work }),
    },
  ],
  "try-without-catch": [
    {
      what: "a try without a handler",
      state: "Careless",
      message: "has no handler, so its steps would be lost: add .catch(errors, handler)",
      write: (flow) => {
        flow.wait("Pause", 1);
        flow.try(here("Careless"), work);
      },
    },
    {
      what: "a try without a last handler, which is returned, and whose step's result is used elsewhere",
      state: "Careless",
      message: "has no handler, so its steps would be lost: add .catch(errors, handler)",
      write: (flow) => {
        flow.wait("Pause", 1);
        return flow.try(here("Careless"), work).on(["Mine"], () => 1);
      },
    },
  ],
  unreachable: [
    {
      what: "steps after an end",
      state: "Lost",
      message: 'can\'t be reached: every way through "End" (FILE:LINE) ends before it',
      write: (flow) => {
        const one = flow.lambda("One", {}, () => 1);
        flow.succeed("End");
        const copy = flow.let(here("Lost"), one);
        flow.let("LostToo", copy);
      },
    },
    {
      what: "a loop whose rounds end",
      state: "Again",
      message: "never comes round: every way through its body ends. Leave the loop out.",
      write: (flow) =>
        here(flow).repeat(
          "Again",
          0,
          { atMost: 2 },
          (flow) => {
            flow.fail("Stop", { error: "Stop" });
            return 1;
          },
          (count) => gt(count, 1),
        ),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
