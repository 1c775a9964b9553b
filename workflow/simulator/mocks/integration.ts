/** Answers Task states from a test case; a state's calls are counted over its retries, loops and Map iterations. */
import type { Integration } from "../dispatch.ts";
import { SimulationError, TaskError } from "../errors.ts";
import { rangeText } from "./config.ts";
import type { TestCase } from "./test-case.ts";

/**
 * Stands in for every service of one execution; take a new one for the next execution, for the counts start at 0 again.
 * A Task without a response rejects the simulation with a SimulationError that says what to add.
 */
export function mockedServices(testCase: TestCase): Integration {
  const calls = new Map<string, number>();
  return ({ state, resource }) => {
    const mocked = Object.hasOwn(testCase.tasks, state) ? testCase.tasks[state] : undefined;
    if (mocked === undefined) {
      throw new SimulationError(
        `Task '${state}' (${resource}) runs, and the test case "${testCase.name}" doesn't mock it: ` +
          `add "${state}": "…" to StateMachines/${testCase.machine}/TestCases/${testCase.name}, ` +
          `and a response of that name to MockedResponses.`,
      );
    }
    const call = calls.get(state) ?? 0;
    calls.set(state, call + 1);
    const found = mocked.responses.find(({ from, to }) => from <= call && call <= to);
    if (found === undefined) {
      const known = mocked.responses.map((range) => `"${rangeText(range)}"`).join(", ") || "no calls";
      throw new SimulationError(
        `Call ${call} of state '${state}' (the first is 0) has no response: ` +
          `MockedResponses/${mocked.responseName} answers ${known}. Add "${call}" to it.`,
      );
    }
    if ("Return" in found.response) return found.response.Return;
    const { Error: name, Cause: cause } = found.response.Throw;
    throw new TaskError(name, cause);
  };
}
