/** Small definitions for the simulator's tests, so that each case shows only what it is about. */
import { simulate, type SimulationOptions, type SimulationResult } from "../../../workflow/simulator/index.ts";

export type States = Readonly<Record<string, object>>;

/** A JSONata machine that starts at its first state. */
export function machine(states: States, more: object = {}): object {
  return { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0] ?? "", States: states, ...more };
}

/** A branch of a Parallel or the processor of a Map that starts at its first state. */
export function branch(states: States, more: object = {}): object {
  return { StartAt: Object.keys(states)[0] ?? "", States: states, ...more };
}

/** A Task that ends its branch; the tests mock it by its state's name. */
export function task(more: object = {}): object {
  return { Type: "Task", Resource: "arn:aws:states:::aws-sdk:glue:getCrawler", End: true, ...more };
}

/** A distributed Map that ends its branch. */
export function distributed(states: States, more: object = {}): object {
  const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
  return { Type: "Map", ItemProcessor: branch(states, { ProcessorConfig }), End: true, ...more };
}

/** The same state with another one after it. */
export function before(next: string, state: object): object {
  return { ...Object.fromEntries(Object.entries(state).filter(([field]) => field !== "End")), Next: next };
}

export function run(states: States, options: SimulationOptions = {}): Promise<SimulationResult> {
  return simulate(machine(states), options);
}

/** A Pass state with this Output, run alone. */
export function output(template: unknown, input: unknown = {}): Promise<SimulationResult> {
  return run({ Only: { Type: "Pass", Output: template, End: true } }, { input });
}

/** Status and output, or status, error and cause: what a caller sees of an execution. */
export function end(result: SimulationResult): object {
  const { status, output: value, error, cause } = result;
  return Object.fromEntries(
    Object.entries({ status, output: value, error, cause }).filter(([, member]) => member !== undefined),
  );
}

/** Seconds of virtual time from the first to the last event. */
export function duration(result: SimulationResult): number {
  const times = result.events.map((event) => event.timestamp.getTime());
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

/** Seconds from the start at which events of a type happened. */
export function secondsOf(result: SimulationResult, type: string): number[] {
  const start = result.events[0]?.timestamp.getTime() ?? 0;
  return result.events
    .filter((event) => event.type === type)
    .map((event) => (event.timestamp.getTime() - start) / 1000);
}
