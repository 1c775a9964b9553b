/** From state to state until a branch is over. */
import { setImmediate as breathe } from "node:timers/promises";
import { abortReason } from "./clock.ts";
import type { Branch, State, StateType } from "./definition/asl.ts";
import { Interruption, StateFailure } from "./errors.ts";
import { text, whole } from "./history.ts";
import type { Json, JsonObject } from "./json.ts";
import { maxVariablesBytes } from "./limits.ts";
import type { Stay } from "./progress.ts";
import type { Frame, Run } from "./run.ts";
import { assign, storedBytes, visibleVariables } from "./scope.ts";
import { perform } from "./states/table.ts";
import type { TraceEntry } from "./trace.ts";
import { asSeen, type Outcome, type Visit } from "./visit.ts";

/** Runs a branch to its end, from its start or from where its progress is, and returns its output. */
export async function walk(run: Run, branch: Branch, input: Json, frame: Frame): Promise<Json> {
  const { progress } = frame;
  if (progress.result !== undefined) return progress.result.output;
  let name: string | undefined = progress.stay?.name ?? branch.StartAt;
  let payload = progress.stay?.input ?? input;
  while (name !== undefined) {
    // Lets timers, aborts and other branches have their turn: a polling loop must not hold the process.
    await breathe();
    if (frame.signal.aborted) throw abortReason(frame.signal);
    const state: State | undefined = branch.States[name];
    if (state === undefined) throw new StateFailure("States.Runtime", `There is no state '${name}'.`);
    const stay: Stay = progress.stay ?? enter(run, frame, name, state, payload);
    progress.stay = stay;
    const outcome = await pass(run, frame, state, stay);
    progress.stay = undefined;
    payload = outcome.output;
    name = outcome.next;
  }
  progress.result = { output: payload };
  if (progress.scope.outer !== undefined) run.variables.bytes -= storedBytes(progress.scope);
  return payload;
}

function enter(run: Run, frame: Frame, name: string, state: State, input: Json): Stay {
  const { execution, services } = run;
  const enteredTime = services.clock.now();
  const enteredId = execution.history.record(frame.trail, `${state.Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: text(input), inputDetails: whole },
  });
  const entry: TraceEntry = {
    state: name,
    type: state.Type,
    path: `${frame.place.path}${name}`,
    pointer: `${frame.place.pointer}/States/${name}`,
    input,
    entered: new Date(enteredTime),
    exited: undefined,
    output: undefined,
    attempts: 0,
    exit: undefined,
    next: undefined,
    variables: undefined,
    error: undefined,
    cause: undefined,
  };
  execution.trace.push(entry);
  return { name, input, enteredId, enteredTime, entry, parts: new Map(), mapRun: undefined };
}

async function pass(run: Run, frame: Frame, state: State, stay: Stay): Promise<Outcome> {
  const { name, entry } = stay;
  const visit: Visit = {
    run,
    frame,
    stay,
    name,
    state,
    input: stay.input,
    rawInput: stay.input,
    retryCount: undefined,
    taskToken: undefined,
  };
  entry.attempts += 1;
  const outcome = await told(visit, async () => {
    const done = await perform<StateType>(state.Type, asSeen(visit));
    keep(run, frame, name, done.assigned);
    return done;
  });
  const variables = Object.entries(outcome.assigned);
  run.execution.history.record(frame.trail, `${state.Type}StateExited`, {
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
  Object.assign(entry, {
    exited: new Date(run.services.clock.now()),
    output: outcome.output,
    exit: outcome.exit,
    next: outcome.next,
    variables: visibleVariables(frame.progress.scope),
    error: undefined,
    cause: undefined,
  });
  return outcome;
}

/** All variables of an execution together have a limit of their own. */
function keep(run: Run, frame: Frame, name: string, assigned: JsonObject): void {
  const { scope } = frame.progress;
  const names = Object.keys(assigned);
  const before = storedBytes(scope, names);
  assign(scope, assigned);
  run.variables.bytes += storedBytes(scope, names) - before;
  if (run.variables.bytes <= maxVariablesBytes) return;
  throw new StateFailure(
    "States.DataLimitExceeded",
    `The state '${name}' brought the execution's variables beyond ${maxVariablesBytes} bytes.`,
  );
}

/** Failures stand in the trace; a state that a failing sibling stops says so in the history, beside the chain. */
async function told(visit: Visit, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateFailure) {
      Object.assign(visit.stay.entry, { error: error.error, cause: error.reason });
    }
    if (error instanceof Interruption) {
      const { history } = visit.run.execution;
      history.record({ last: visit.frame.trail.last }, `${visit.state.Type}StateAborted`);
    }
    throw error;
  }
}
