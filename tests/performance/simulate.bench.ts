/** From a definition and an input to the output: the simulator beside aws-local-stepfunctions, in states a second. */
import { deepEqual } from "node:assert/strict";
import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { z } from "zod";
import { simulate } from "../../workflow/simulator/index.ts";
import { measured, print, ratioTo, type Times } from "./measure.ts";
import { countingLoop, mapOver, type Twins } from "./simulated_machines.ts";

const item = z.object({ index: z.number() });
const double = (value: unknown): { twice: number } => ({ twice: 2 * item.parse(value).index });

async function ours({ jsonata, input, entered }: Twins): Promise<unknown> {
  const { output, states, error, cause } = await simulate(jsonata, { input, tasks: { Double: double } });
  if (states.length !== entered) throw new Error(`${states.length} states instead of ${entered}: ${error} ${cause}`);
  return output;
}

function theirs({ jsonpath, input }: Twins): Promise<unknown> {
  const machine = new StateMachine(jsonpath as StateMachineDefinition);
  const { result } = machine.run({ ...input }, { overrides: { taskResourceLocalHandlers: { Double: double } } });
  return result;
}

for (const twins of [countingLoop(2_000), mapOver(1_000)]) {
  deepEqual(await ours(twins), await theirs(twins));
  const times = await measured([
    { name: "simulate(…), JSONata, with its history", run: () => ours(twins) },
    { name: "aws-local-stepfunctions, JSONPath", run: () => theirs(twins) },
  ]);
  const ratio = ratioTo(times);
  const note = (each: Times): string =>
    [`${Math.round((1000 * twins.entered) / each.min)} states/s`, ratio(each)].filter((part) => part !== "").join(", ");
  print(`Simulate ${twins.title}: ${twins.entered} states`, times, note);
}
