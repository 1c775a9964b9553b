/** What each kind of state does: a kind without an entry is a type error. */
import type { StateType } from "../definition/asl.ts";
import type { Outcome, Visit } from "../visit.ts";
import { choice } from "./choice.ts";
import { fail } from "./fail.ts";
import { map } from "./map.ts";
import { parallel } from "./parallel.ts";
import { pass } from "./pass.ts";
import { succeed } from "./succeed.ts";
import { task } from "./task.ts";
import { wait } from "./wait.ts";

const behaviours: { readonly [K in StateType]: (visit: Visit<K>) => Promise<Outcome> } = {
  Task: task,
  Pass: pass,
  Choice: choice,
  Wait: wait,
  Parallel: parallel,
  Map: map,
  Succeed: succeed,
  Fail: fail,
};

export function perform<K extends StateType>(type: K, visit: Visit<K>): Promise<Outcome> {
  return behaviours[type](visit);
}
