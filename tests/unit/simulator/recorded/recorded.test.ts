/** Runs every recorded fact through the simulator. */
import { expect } from "chai";
import {
  InvalidDefinition,
  memoryObjects,
  simulate,
  TaskError,
  type HistoryEvent,
  type SimulationResult,
  type TaskHandler,
} from "../../../../workflow/simulator/index.ts";
import { duration, end } from "../machines.ts";
import { assignments } from "./assign.ts";
import { catching } from "./catch.ts";
import { choices } from "./choice.ts";
import { contexts } from "./context.ts";
import { distributedMaps } from "./distributed-map.ts";
import { errorNames } from "./error-names.ts";
import { expressions } from "./expressions.ts";
import type { Answer, Ending, Fact } from "./fact.ts";
import { failing } from "./fail.ts";
import { fieldValues } from "./field-values.ts";
import { intrinsics } from "./intrinsics.ts";
import { mapItems } from "./map-items.ts";
import { maps } from "./map.ts";
import { parallels } from "./parallel.ts";
import { refusals } from "./refusals.ts";
import { retrying } from "./retry.ts";
import { taskFacts } from "./task.ts";
import { timestamps } from "./timestamps.ts";
import { undefinedValues } from "./undefined-values.ts";
import { variableScope } from "./variable-scope.ts";
import { waits } from "./wait.ts";

const topics: Readonly<Record<string, readonly Fact[]>> = {
  "undefined values": undefinedValues,
  expressions,
  "fields' values": fieldValues,
  Assign: assignments,
  "variables' scope": variableScope,
  Task: taskFacts,
  Catch: catching,
  Retry: retrying,
  "error names": errorNames,
  Choice: choices,
  Wait: waits,
  "Wait's Timestamp": timestamps,
  Fail: failing,
  Parallel: parallels,
  "Map's Items": mapItems,
  Map: maps,
  "distributed Map": distributedMaps,
  "added functions": intrinsics,
  "the context": contexts,
  "what is refused": refusals,
};

describe("Recorded facts", () => {
  for (const [topic, facts] of Object.entries(topics)) {
    describe(`of ${topic}`, () => {
      for (const fact of facts) it(fact.fact, () => check(fact));
    });
  }

  const all = Object.values(topics).flat();

  it("are at least 160", () => {
    expect(all.length).to.be.at.least(160);
  });

  it("are each stated once", () => {
    const seen = new Set<string>();
    const twice = all.filter(({ fact }) => seen.size === seen.add(fact).size);
    expect(twice.map(({ fact }) => fact)).to.deep.equal([]);
  });
});

async function check(fact: Fact): Promise<void> {
  if (fact.status === "REFUSED") {
    const refusal: unknown = await simulate(fact.definition).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(InvalidDefinition).with.property("findings").that.deep.equals(fact.findings);
    return;
  }
  const sent: Record<string, unknown[]> = {};
  const tasks: Record<string, TaskHandler> = {};
  for (const [name, answers] of Object.entries(fact.tasks ?? {})) tasks[name] = handler(answers, (sent[name] = []));
  const result = await simulate(fact.definition, {
    input: fact.input,
    tasks,
    ...(fact.objects === undefined ? {} : { objects: memoryObjects(fact.objects) }),
  });
  expect(settled(fact, result)).to.deep.equal(expected(fact));
  if (fact.states !== undefined) expect(result.states).to.deep.equal(fact.states);
  if (fact.sent !== undefined) expect(sent).to.deep.include(fact.sent);
  if (fact.variables !== undefined) expect(assigned(result.events)).to.deep.equal(fact.variables);
  if (fact.location !== undefined) expect(locations(result.events)).to.deep.equal([fact.location]);
  if (fact.seconds !== undefined) expect(duration(result)).to.equal(fact.seconds);
}

/** The end of the execution, without the cause where the fact leaves it open. */
function settled(fact: Ending, result: SimulationResult): object {
  const open = fact.status === "FAILED" && fact.cause === undefined;
  return Object.fromEntries(Object.entries(end(result)).filter(([key]) => !(open && key === "cause")));
}

function expected(fact: Ending): object {
  const members = Object.entries(fact).filter(([key]) => ["status", "output", "error", "cause"].includes(key));
  return Object.fromEntries(members.filter(([key, value]) => key === "output" || value !== null));
}

function handler(answers: readonly Answer[], sent: unknown[]): TaskHandler {
  return async (args, { sleep }) => {
    const answer = answers[sent.length] ?? answers.at(-1) ?? { echoes: true };
    sent.push(args);
    if (answer.after !== undefined) await sleep(answer.after);
    if ("fails" in answer) throw new TaskError(answer.fails, answer.cause);
    return "returns" in answer ? answer.returns : args;
  };
}

function assigned(events: readonly HistoryEvent[]): object {
  const texts = events.flatMap((event) => Object.entries(event.stateExitedEventDetails?.assignedVariables ?? {}));
  return Object.fromEntries(texts.map(([name, text]) => [name, JSON.parse(text) as unknown]));
}

function locations(events: readonly HistoryEvent[]): readonly (string | null)[] {
  return events.flatMap(({ evaluationFailedEventDetails: details }) =>
    details === undefined ? [] : [details.location ?? null],
  );
}
