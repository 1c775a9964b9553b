/** Small JSONPath machines, so that each case shows only what it is about. */
import { simulate, type SimulationOptions, type SimulationResult } from "../../../../workflow/simulator/index.ts";
import type { States } from "../machines.ts";

/** A machine in the service's default mode that starts at its first state. */
export function run(states: States, options: SimulationOptions = {}): Promise<SimulationResult> {
  return simulate({ StartAt: Object.keys(states)[0] ?? "", States: states }, options);
}

/** One Pass state with these fields, run alone. */
export function pass(fields: object, input: unknown = {}): Promise<SimulationResult> {
  return run({ Only: { Type: "Pass", ...fields, End: true } }, { input });
}

/** The words in front of every cause of the state `Only`. */
export const place = "An error occurred while executing the state 'Only' (entered at the event id #2).";
