/** From state to state until a branch is over. */
import { setImmediate as breathe } from "node:timers/promises";
import { abortReason } from "./clock.ts";
import type { Branch, State, StateType } from "./definition/asl.ts";
import { Interruption, StateFailure } from "./errors.ts";
import { text, whole } from "./history.ts";
import type { Json } from "./json.ts";
import type { Frame, Run } from "./run.ts";
import { assign } from "./scope.ts";
import { perform } from "./states/table.ts";
import type { Outcome, Visit } from "./visit.ts";

/** Runs a branch to its end and returns its output. */
export async function walk(run: Run, branch: Branch, input: Json, frame: Frame): Promise<Json> {
  let name: string | undefined = branch.StartAt;
  let payload = input;
  while (name !== undefined) {
    // Lets timers, aborts and other branches have their turn: a polling loop must not hold the process.
    await breathe();
    if (frame.signal.aborted) throw abortReason(frame.signal);
    const state: State | undefined = branch.States[name];
    if (state === undefined) throw new StateFailure("States.Runtime", `There is no state '${name}'.`);
    const outcome = await stay(run, frame, name, state, payload);
    payload = outcome.output;
    name = outcome.next;
  }
  return payload;
}

async function stay(run: Run, frame: Frame, name: string, state: State, input: Json): Promise<Outcome> {
  const { history, services } = run;
  const enteredTime = new Date(services.clock.now()).toISOString();
  const enteredId = history.record(frame.trail, `${state.Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: text(input), inputDetails: whole },
  });
  const visit: Visit = {
    run,
    frame,
    name,
    state,
    input,
    enteredId,
    enteredTime,
    retryCount: undefined,
    taskToken: undefined,
  };
  const outcome = await unlessAborted(visit, () => perform<StateType>(state.Type, visit));
  assign(frame.scope, outcome.assigned);
  const variables = Object.entries(outcome.assigned);
  history.record(frame.trail, `${state.Type}StateExited`, {
    stateExitedEventDetails: {
      name,
      output: text(outcome.output),
      outputDetails: whole,
      ...(variables.length === 0
        ? {}
        : {
            assignedVariables: Object.fromEntries(variables.map(([variable, value]) => [variable, text(value)])),
            assignedVariablesDetails: whole,
          }),
    },
  });
  return outcome;
}

/** A state that a failing sibling stops says so in the history, without moving on the chain. */
async function unlessAborted(visit: Visit, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interruption) {
      visit.run.history.record({ last: visit.frame.trail.last }, `${visit.state.Type}StateAborted`);
    }
    throw error;
  }
}
