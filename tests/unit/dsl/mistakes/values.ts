/** Mistakes in values: what is no JSON, references used as values, JSONata by hand, texts and numbers. */
import { add, eq, jsonata, publish, text, type Flow, type Ref } from "../../../../workflow/dsl/index.ts";
import * as z from "zod";
import { here, nothing, unchecked, type Mistake } from "./mistake.ts";

const cyclic = (): unknown => {
  const holder: { self?: unknown } = {};
  holder.self = holder;
  return holder;
};
const noText = "a reference is no text: use text`…${reference}…` for a string that is built while the machine runs";
const noValue =
  "a reference has no value here: build texts with text`…`, calculate with add …, compare with eq, gt …, and branch with flow.if";
const onlyJson = "which can't stand in a workflow: only JSON values and references can";

export const valueMistakes = {
  "not-json": [
    {
      what: "a whole request that is none",
      state: "Ask",
      message:
        "[0] is a Date, which can't stand in a workflow: only JSON values and references can. Use .toISOString().",
      write: (flow, _, { topic }) =>
        flow.callback(here("Ask"), () => ({ ...publish(topic, { message: "" }), arguments: [new Date(0)] }), {
          answer: z.string(),
          timeout: 60,
        }),
    },
    {
      what: "NaN in a payload",
      state: "Work",
      message: `Payload.count is the number NaN, ${onlyJson}`,
      write: (flow) => flow.lambda(here("Work"), { count: Number.NaN }, nothing),
    },
    {
      what: "a Date in a value that is used",
      state: "When",
      message: `at is a Date, ${onlyJson}. Use .toISOString().`,
      write: (flow) => flow.let("Copy", flow.let(here("When"), unchecked<{ at: string }>({ at: new Date(0) }))),
    },
    {
      what: "an object of a class in an array",
      state: "Done",
      message: `[1] is a URL, ${onlyJson}`,
      write: (flow) => flow.succeed(here("Done"), [1, unchecked<string>(new URL("https://example.com"))]),
    },
    {
      what: "a value that holds itself",
      state: "Keep",
      message: `self is a value that holds itself, ${onlyJson}`,
      write: (flow) => flow.let(here("Keep"), unchecked<string>(cyclic())),
    },
    {
      what: "a term of an operator",
      state: "Sum",
      message: "the number Infinity can't stand in a workflow: only JSON values and references can",
      write: (flow, { count }) => {
        const sum = add(count, here(Infinity));
        flow.wait("Pause", 1);
        flow.let("Sum", sum);
      },
    },
    {
      what: "a pause that is no number",
      state: "Pause",
      message: "the number NaN can't stand in a workflow: only JSON values and references can",
      write: (flow) => {
        flow.wait(here("Pause"), Number.NaN);
      },
    },
    {
      what: "what the program returns",
      state: "sample: done",
      message:
        "a bigint can't stand in a workflow: only JSON values and references can. Use Number(…), or String(…) for more than 15 digits.",
      write: (flow) => {
        flow.wait("Pause", 1);
        return 1n;
      },
    },
  ],
  reference: [
    {
      what: "a reference whose members are looked for, for the branches of a step",
      state: "Each",
      message: "a reference has no members here: use merge, pick or omit to make an object out of it",
      write: (flow, given) => {
        const branch = (flow: Flow): Ref<number> => flow.let("One", 1);
        return flow.parallel("Each", Object.fromEntries(Object.keys(here(given)).map((key) => [key, branch])));
      },
    },
    {
      what: "a reference in a template",
      state: "Greeting",
      message: noText,
      // eslint-disable-next-line @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string
      write: (flow, { key }) => flow.let("Greeting", `Hello ${here(key)}`),
    },
    {
      what: "a reference in a step's name, in each of its rounds",
      message: noText,
      write: (flow, { key }) => {
        // eslint-disable-next-line @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string
        for (const seconds of [1, 2]) flow.wait(`Pause ${here(key)}`, seconds);
      },
    },
    {
      what: "a reference in JSON",
      state: "Copy",
      message: "a reference can't be made JSON here: its value exists only while the machine runs",
      write: (flow, { keys }) => flow.let("Copy", JSON.stringify({ keys: here(keys) })),
    },
    {
      what: "a reference in a sum",
      state: "More",
      message: noValue,
      write: (flow, { count }) => flow.let("More", unchecked<number>(here(count)) + 1),
    },
    {
      what: "a reference that is compared",
      message: noValue,
      write: (flow, { count }) => {
        if (unchecked<number>(here(count)) > 1) flow.wait("Pause", 1);
        else flow.wait("Short", 1);
      },
    },
    {
      what: "a reference that is looped over, in the block of a step",
      state: "Copy",
      message: "a reference can't be looped over here: use map(reference, …) or flow.map",
      write: (flow, { count, keys }) =>
        flow.if("Each", eq(count, 1), (flow) => {
          for (const key of unchecked<readonly string[]>(here(keys))) flow.let("Copy", key);
        }),
    },
    {
      what: "a reference of which a member is looked for, where the block is then empty",
      state: "Each",
      message: "a reference has no members here: use merge, pick or omit to make an object out of it",
      write: (flow, given) =>
        flow.if("Each", eq(given.count, 1), (flow) => {
          if ("length" in here(given)) flow.wait("Pause", 1);
        }),
    },
    {
      what: "a reference that is changed",
      message: "a reference can't be changed: what a step yields is read only",
      write: (flow, given) => {
        unchecked<{ key: string }>(here(given)).key = "other";
        flow.wait("Pause", 1);
      },
    },
  ],
  jsonata: [
    {
      what: "JSONata that a token is part of, which is then sent to nobody",
      state: "Ask",
      message:
        "the JSONata `$mail & $value1` can't be used: character 5: $mail is not known here: interpolate a reference, or bind it with :=",
      write: (flow, _, { topic }) =>
        flow.callback("Ask", (token) => publish(topic, { message: here(jsonata<string>`$mail & ${token}`) }), {
          answer: z.string(),
          timeout: 60,
        }),
    },
    {
      what: "JSONata that does not parse",
      state: "Sum",
      message: 'the JSONata `$sum($value1` can\'t be used: character 12: Expected ")" before end of expression',
      write: (flow, { keys }) => flow.let("Sum", here(jsonata<number>`$sum(${keys}`)),
    },
    {
      what: "a variable that JSONata does not know, where its value is used in parts",
      state: "Sum",
      message:
        "the JSONata `$total` can't be used: character 6: $total is not known here: interpolate a reference, or bind it with :=",
      write: (flow) => flow.let("Sum", { a: text`${here(jsonata<{ b: string }>`$total`).b}!` }),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
