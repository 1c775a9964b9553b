/**
 * The tree as Amazon States Language (https://states-language.net/), JSONata mode. States pass nothing on: what a step
 * yields is a variable, so each state's output is empty. Steps are written from the last to the first, since a state
 * names the one after it.
 */
import type { HandedDown, Json } from "../asl_value.ts";
import type { Binding } from "../expression.ts";
import type { Problem } from "../problem.ts";
import type { Block, StepNode } from "../tree.ts";
import type { Mark } from "../writer.ts";
import { sequence } from "./block.ts";
import { choice } from "./choice.ts";
import { loop } from "./loop.ts";
import { distributedMap, map } from "./map.ts";
import { parallel } from "./parallel.ts";
import { anyValueOf, emptyStates, inOrder, put, type Machine, type Place } from "./place.ts";
import { fail, pass, succeed, task, wait } from "./simple.ts";
import { attempt } from "./try.ts";

function write(step: StepNode, place: Place): string {
  switch (step.kind) {
    case "task":
      return task(step, place);
    case "pass":
      return pass(step, place);
    case "choice":
      return choice(step, place);
    case "parallel":
      return parallel(step, place);
    case "map":
      return map(step, place);
    case "distributed-map":
      return distributedMap(step, place);
    case "wait":
      return wait(step, place);
    case "loop":
      return loop(step, place);
    case "try":
      return attempt(step, place);
    case "succeed":
      return succeed(step, place);
    case "fail":
      return fail(step, place);
  }
}

/** The States of a program, and where it starts. */
export interface Emitted {
  readonly startAt: string;
  readonly states: Record<string, Json>;
  /** The step that made each state, by the state's name. */
  readonly steps: ReadonlyMap<string, StepNode>;
  readonly problems: readonly Problem[];
  /** The results that some step uses. */
  readonly used: ReadonlySet<Binding>;
  /** What the children of each distributed Map get of their parent, by the Map's name. */
  readonly handedDown: ReadonlyMap<string, HandedDown>;
}

/** What a program yields that returns nothing. */
const nothing = "{% null %}";

/** What the program returns is the execution's output: its last state's. */
function ending({ value, ends, scope }: Block, own: Mark, place: Place): string | undefined {
  if (ends || value === undefined) return undefined;
  const step: StepNode = { kind: "succeed", name: `${own.name}: done`, site: own.site, output: value };
  return put(step, step.name, { Type: "Succeed", Output: anyValueOf(value, step, { ...place, scope }) }, place);
}

export function emit(
  program: Block,
  used: ReadonlySet<Binding>,
  own: Mark & { readonly tokens: ReadonlySet<string> },
): Emitted {
  const { tokens } = own;
  const machine: Machine = { used, steps: new Map(), problems: [], tokens, handedDown: new Map(), write };
  const states = emptyStates(undefined, nothing);
  const place: Place = { machine, states, scope: program.scope, next: undefined };
  const startAt = sequence(program.steps, { ...place, next: ending(program, own, place) }) ?? "";
  const { steps, problems, handedDown } = machine;
  return { startAt, states: inOrder(states), steps, problems, used, handedDown };
}
