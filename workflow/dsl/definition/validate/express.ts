/**
 * Whether EXPRESS children do only what they can: they end after five minutes, and know no jobs, no callbacks, no
 * activities and no distributed Maps. https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
import { fieldsOf, textOf, type Machine } from "../machine.ts";
import type { PlacedState } from "./definition.ts";
import { error, inState, warning, type Finding, type Rule } from "./finding.ts";
import { isCallback, isJob } from "./integrations.ts";

/** Seconds. */
const longest = 300;

const isExpress = ({ ownExecution, fields }: Machine): boolean =>
  ownExecution && fieldsOf(fields.ProcessorConfig).ExecutionType === "EXPRESS";

/** The machines of one execution: the children of a distributed Map within are others. */
const ofOneExecution = (machine: Machine): Machine[] => [
  machine,
  ...machine.states.flatMap(({ machines }) =>
    machines.filter(({ ownExecution }) => !ownExecution).flatMap(ofOneExecution),
  ),
];

const isActivity = ({ type, fields }: PlacedState): boolean =>
  type === "Task" && /^arn:[^:]+:states:[^:]*:[^:]*:activity:/.test(textOf(fields.Resource) ?? "");

/** What no EXPRESS execution can do, as its field and to follow the state's name. */
function impossible(state: PlacedState): readonly [field: string, what: string] | undefined {
  if (isJob(state) || isCallback(state)) return ["Resource", "waits for a job or an answer"];
  if (isActivity(state)) return ["Resource", "waits for an activity's worker"];
  return state.machines.some(({ ownExecution }) => ownExecution)
    ? ["ItemProcessor", "runs executions of its own"]
    : undefined;
}

function found(state: PlacedState, children: string): Finding[] {
  const task = impossible(state);
  if (task !== undefined) {
    const [field, what] = task;
    return [error("express", inState(state, field), `${what}, which ${children} can't. Make them STANDARD.`)];
  }
  const { Seconds: pause } = state.fields;
  if (state.type === "Wait" && typeof pause === "number" && pause >= longest) {
    const message = `waits ${pause} s, and ${children} end after ${longest}. Make them STANDARD.`;
    return [error("express", inState(state, "Seconds"), message)];
  }
  const { TimeoutSeconds: timeout } = state.fields;
  return typeof timeout === "number" && timeout > longest
    ? [
        warning(
          "express",
          inState(state, "TimeoutSeconds"),
          `TimeoutSeconds is ${timeout}, but ${children} end after ${longest} s: lower it, or make them STANDARD`,
        ),
      ]
    : [];
}

export const expressChildrenFit: Rule = ({ machines, states }) =>
  machines.flatMap(({ machine, holder }) => {
    if (holder === undefined || !isExpress(machine)) return [];
    const own = new Set(ofOneExecution(machine));
    return states
      .filter((state) => own.has(state.machine))
      .flatMap((state) => found(state, `the EXPRESS children of "${holder.name}"`));
  });
