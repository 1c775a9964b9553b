/** Mistakes in distributed Maps, and in what their children do. */
import { itemsOf, startJobRun } from "../../../../workflow/dsl/index.ts";
import { here, type Mistake } from "./mistake.ts";

export const mapMistakes = {
  label: [
    {
      what: "a label that is too long",
      state: "All",
      message: "the label has 41 characters, and 40 are allowed: shorten it",
      write: (flow, { keys }) =>
        flow.distributedMap(here("All"), itemsOf(keys), { maxConcurrency: 1, label: "x".repeat(41) }, (_, key) => key),
    },
    {
      what: "a label of two Maps",
      state: "Others",
      message: '"All" has the label "Rows" already: labels are unique in the whole machine. Rename one.',
      write: (flow, { keys }) => {
        const options = { maxConcurrency: 1, label: "Rows" };
        flow.distributedMap("All", itemsOf(keys), options, (_, key) => key);
        flow.distributedMap(here("Others"), itemsOf(keys), options, (_, key) => key);
      },
    },
  ],
  express: [
    {
      what: "a job in an EXPRESS child",
      state: "Load",
      message: 'waits for a job or an answer, which the EXPRESS children of "All" can\'t. Make them STANDARD.',
      write: (flow, { keys }, { job }) =>
        flow.distributedMap("All", itemsOf(keys), { maxConcurrency: 1, executionType: "EXPRESS" }, (flow) =>
          flow.task(here("Load"), startJobRun(job, {}), { timeout: 60 }),
        ),
    },
    {
      what: "a pause that outlasts an EXPRESS child",
      state: "Pause",
      message: 'waits 400 s, and the EXPRESS children of "All" end after 300. Make them STANDARD.',
      write: (flow, { keys }) =>
        flow.distributedMap("All", itemsOf(keys), { maxConcurrency: 1, executionType: "EXPRESS" }, (flow, key) => {
          flow.wait(here("Pause"), 400);
          return key;
        }),
    },
  ],
} as const satisfies Readonly<Record<string, readonly Mistake[]>>;
