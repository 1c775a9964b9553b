/** How the DSL's compiler and the simulator grow with the machine: time a state should not. */
import { compile } from "../../workflow/dsl/index.ts";
import { simulate } from "../../workflow/simulator/index.ts";
import { dslMachine, statesInGroup } from "./dsl_machine.ts";
import { measured, print, type Times } from "./measure.ts";
import { countingLoop } from "./simulated_machines.ts";

const perState =
  (states: readonly number[], all: () => readonly Times[]) =>
  (times: Times): string =>
    `${((1000 * times.min) / (states[all().indexOf(times)] ?? Number.NaN)).toFixed(1)} µs a state`;

const compiled = [100, 1_000, 3_000];
const compileTimes = await measured(
  compiled.map((states) => ({ name: `${states} states`, run: () => compile(dslMachine(states / statesInGroup)) })),
);
print(
  "Compile, by size",
  compileTimes,
  perState(compiled, () => compileTimes),
);

const entered = [1_001, 10_001];
const loops = entered.map(countingLoop);
const simulateTimes = await measured(
  loops.map((loop) => ({
    name: `${loop.entered} states`,
    run: () => simulate(loop.jsonata, { input: loop.input }),
  })),
);
print(
  "Simulate, by length",
  simulateTimes,
  perState(entered, () => simulateTimes),
);
