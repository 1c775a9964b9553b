/** The lists of a state in which the first that fits is taken: a Choice's rules, catchers, retriers. */
import { fieldsOf, isObject, listOf, textOf, type Fields, type State } from "../machine.ts";
import { readableRule } from "../readable.ts";
import type { Change, Place, RuleList, Target } from "./change.ts";
import { canonical, differences } from "./values.ts";

interface RuleAt {
  readonly index: number;
  readonly fields: Fields;
  /** When it fits: the same text, the same case. */
  readonly key: string;
}

/** Whether the field can be compared as such a list; broken ones are compared like any other value. */
export const isRuleList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);

/** `renamed` gives the new name of an old state. */
export function ruleChanges(
  place: Place,
  list: RuleList,
  was: State,
  now: State,
  renamed: (target: Target) => Target,
): Change[] {
  const before = rulesOf(was, list);
  const after = rulesOf(now, list);
  const pairs = paired(before, after);
  const [lost, found] = [new Set(pairs.map((pair) => pair.was)), new Set(pairs.map((pair) => pair.now))];
  const at = ({ index, fields }: RuleAt): typeof place & { list: RuleList; index: number; rule: string } => ({
    ...place,
    list,
    index,
    rule: wording(list, fields),
  });
  const inOrder = pairs.every((pair, index) => index === 0 || (pairs[index - 1]?.now.index ?? 0) < pair.now.index);
  const words = (rules: readonly RuleAt[]): string[] => rules.map(({ fields }) => wording(list, fields));
  return [
    ...before
      .filter((rule) => !lost.has(rule))
      .map((rule): Change => ({ kind: "rule-removed", ...at(rule), to: targetOf(rule.fields) })),
    ...after
      .filter((rule) => !found.has(rule))
      .map((rule): Change => ({ kind: "rule-added", ...at(rule), to: targetOf(rule.fields) })),
    ...pairs.flatMap((pair) => pairChanges(pair, at(pair.now), renamed)),
    ...(inOrder ? [] : [{ kind: "rules-reordered" as const, ...place, list, was: words(before), now: words(after) }]),
  ];
}

interface RulePair {
  readonly was: RuleAt;
  readonly now: RuleAt;
}

/** Rules for the same case belong together, then those that are left over at the same place; in the order of the old list. */
function paired(before: readonly RuleAt[], after: readonly RuleAt[]): RulePair[] {
  const open = Map.groupBy(after, ({ key }) => key);
  const same = before.map((was) => ({ was, now: open.get(was.key)?.shift() }));
  const left = new Map([...open.values()].flat().map((now) => [now.index, now]));
  return same.flatMap(({ was, now }) => {
    const other = now ?? left.get(was.index);
    return other === undefined ? [] : [{ was, now: other }];
  });
}

function pairChanges(
  { was, now }: RulePair,
  at: Place & { readonly list: RuleList; readonly index: number; readonly rule: string },
  renamed: (target: Target) => Target,
): Change[] {
  const [before, after] = [renamed(targetOf(was.fields)), targetOf(now.fields)];
  const rest = (fields: Fields): Fields => {
    const { Next: next, ...others } = fields;
    const kept = typeof next === "string" ? others : fields;
    return Object.fromEntries(Object.entries(kept).filter(([name]) => isOwn(at.list, name)));
  };
  return [
    ...(was.key === now.key
      ? []
      : [{ kind: "rule-changed" as const, ...at, was: wording(at.list, was.fields), to: after }]),
    ...(canonical(before) === canonical(after)
      ? []
      : [{ kind: "rule-rewired" as const, ...at, was: before, now: after }]),
    ...differences(rest(was.fields), rest(now.fields)).map(({ path, ...values }): Change => ({
      kind: "field",
      state: at.state,
      machine: at.machine,
      path: `${at.list}[${at.index}].${path}`,
      ...values,
    })),
  ];
}

/** Fields of a rule that say what happens, not when. */
const effects = new Set(["Next", "Assign", "Output", "Comment", "ResultPath"]);
const isOwn = (list: RuleList, name: string): boolean =>
  list === "Choices" ? effects.has(name) : name !== "ErrorEquals";

const rulesOf = ({ fields }: State, list: RuleList): RuleAt[] =>
  listOf(isRuleList(fields[list]) ? fields[list] : []).map((rule, index) => {
    const own = fieldsOf(rule);
    return { index, fields: own, key: keyOf(list, own) };
  });

function keyOf(list: RuleList, fields: Fields): string {
  if (list === "Choices")
    return canonical(Object.fromEntries(Object.entries(fields).filter(([name]) => !effects.has(name))));
  // The order of the names in ErrorEquals says nothing.
  return canonical(Array.isArray(fields.ErrorEquals) ? fields.ErrorEquals.map(canonical).sort() : fields.ErrorEquals);
}

const wording = (list: RuleList, fields: Fields): string =>
  list === "Choices"
    ? readableRule(fields)
    : listOf(fields.ErrorEquals)
        .map((name) => textOf(name) ?? JSON.stringify(name))
        .join(", ");

function targetOf({ Next: next }: Fields): Target {
  return typeof next === "string" ? { state: next } : "nothing";
}
