/** Which test case of a mock configuration runs, and whether it fits the machine. */
import type { Branch } from "../definition/asl.ts";
import { statesOfBranch } from "../definition/walk.ts";
import { InvalidMocks, type MockConfig, type NumberedResponse } from "./config.ts";

/** One test case: the responses of the Task states that it mocks. */
export interface TestCase {
  readonly machine: string;
  readonly name: string;
  readonly tasks: Readonly<
    Record<string, { readonly responseName: string; readonly responses: readonly NumberedResponse[] }>
  >;
}

/** Names; without one the only machine or test case of the file is meant. */
export interface WantedTestCase {
  readonly machine?: string | undefined;
  readonly testCase?: string | undefined;
}

/**
 * Chooses a test case: the one that is named, or the only one there is.
 * @throws {InvalidMocks} if there is no such one, there are several, or a state of it has a response that isn't there
 */
export function chooseTestCase(config: MockConfig, wanted: WantedTestCase = {}): TestCase {
  const machine = choose("state machine", "/StateMachines", Object.keys(config.machines), wanted.machine);
  const cases = config.machines[machine] ?? {};
  const place = `/StateMachines/${machine}/TestCases`;
  const name = choose("test case", place, Object.keys(cases), wanted.testCase);
  const findings: string[] = [];
  const tasks = Object.entries(cases[name] ?? {}).map(([state, responseName]) => {
    const responses = Object.hasOwn(config.responses, responseName) ? config.responses[responseName] : undefined;
    if (responses === undefined) {
      findings.push(`${place}/${name}/${state}: there is no response "${responseName}" in MockedResponses`);
    }
    return [state, { responseName, responses: responses ?? [] }] as const;
  });
  if (findings.length > 0) throw new InvalidMocks(findings);
  return { machine, name, tasks: Object.fromEntries(tasks) };
}

/** @throws {InvalidMocks} if the test case mocks a state that the machine hasn't got, or one that isn't a Task */
export function checkTestCase(machine: Branch, testCase: TestCase): void {
  const tasks = new Set(statesOfBranch(machine).flatMap(({ name, state }) => (state.Type === "Task" ? [name] : [])));
  const place = `/StateMachines/${testCase.machine}/TestCases/${testCase.name}`;
  const findings = Object.keys(testCase.tasks)
    .filter((state) => !tasks.has(state))
    .map((state) => `${place}/${state}: the machine has no Task state of that name; it has ${list([...tasks])}`);
  if (findings.length > 0) throw new InvalidMocks(findings);
}

function choose(what: string, place: string, names: readonly string[], wanted: string | undefined): string {
  const [only, ...others] = names;
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw new InvalidMocks([`${place}: there is no ${what} "${wanted}"; there is ${list(names)}`]);
  }
  if (only === undefined) throw new InvalidMocks([`${place}: there is no ${what}`]);
  if (others.length > 0) throw new InvalidMocks([`${place}: name the ${what} to run: ${list(names)}`]);
  return only;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}
