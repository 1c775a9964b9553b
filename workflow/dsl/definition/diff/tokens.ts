/**
 * A compiled definition has tokens such as `${jobs.orders.arn}` where a deployed one has names and ARNs. Compared with each
 * other, a token stands for any text, and for the same one wherever it stands.
 */
import { render, token, tokensIn } from "../../tokens.ts";
import { fieldsOf, listOf, machineOf, type Fields, type Machine } from "../machine.ts";
import { match } from "./match.ts";
import { solve, type Pair } from "./unify.ts";

export interface Rendered {
  readonly old: Machine;
  readonly now: Machine;
  /** What the tokens stand for that are replaced, by their names. */
  readonly tokens: Readonly<Record<string, string>>;
}

/**
 * Both definitions with texts in place of the tokens that one of them has. Where a token would have to stand for several
 * texts, it stands for the one that it has most often, so the other places differ. Two definitions with tokens, or two
 * without, are left as they are.
 */
export function rendered(old: Machine, now: Machine): Rendered {
  const [before, after] = [tokensIn(old.fields), tokensIn(now.fields)];
  if (before.size > 0 === after.size > 0) return { old, now, tokens: {} };
  const texts = pairedTexts(old, now);
  const tokens = solve(before.size > 0 ? texts : texts.map(([was, is]): Pair => [is, was]));
  const inPlace = (machine: Machine, names: ReadonlySet<string>): Machine => {
    const kept = Object.fromEntries([...names].map((name) => [name, token(name)]));
    return machineOf(render(machine.fields, { ...kept, ...tokens }));
  };
  return { old: inPlace(old, before), now: inPlace(now, after), tokens };
}

/** Texts of the old definition with those at the same places of the new one. */
function pairedTexts(old: Machine, now: Machine): Pair[] {
  const { machines, states } = match(old, now);
  return [
    ...machines.flatMap(({ was, now: is }) => textsOf(without(was.fields, "States"), without(is.fields, "States"))),
    // Machines within stand for themselves.
    ...states.flatMap(({ was, now: is }) =>
      textsOf(without(was.state.fields, ...inner), without(is.state.fields, ...inner)),
    ),
  ];
}

const inner = ["Branches", "ItemProcessor", "Iterator"];
const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** In lists of other lengths there is no telling which member is which. */
function textsOf(was: unknown, now: unknown): Pair[] {
  if (typeof was === "string" && typeof now === "string") return [[was, now]];
  const [before, after] = [listOf(was), listOf(now)];
  const [fields, others] = [fieldsOf(was), fieldsOf(now)];
  return [
    ...(before.length === after.length ? before.flatMap((each, index) => textsOf(each, after[index])) : []),
    ...Object.keys(fields).flatMap((key) => (Object.hasOwn(others, key) ? textsOf(fields[key], others[key]) : [])),
  ];
}
