/** Changes in words. */
import { readable } from "../readable.ts";
import type { Change, RuleList, Target } from "./change.ts";
import { excerpts } from "./excerpts.ts";

/** What has changed, as a clause without a full stop. */
export function sentenceOf(change: Change): string {
  switch (change.kind) {
    case "added":
      return `${change.state} is new${inside(change.machine)}: a ${change.type}${does(change.does)}`;
    case "removed":
      return `${change.state} is gone${from(change.machine)}: a ${change.type}${does(change.does)}`;
    case "renamed":
      return `${change.state} was named ${change.was}; its content is the same`;
    case "moved":
      return `${change.state} has moved from ${machineName(change.was)} to ${machineName(change.machine)}`;
    case "start":
      return `${machineName(change.machine)} now starts with ${stateName(change.now)} instead of ${stateName(change.was)}`;
    case "rewired":
      return change.field === "Next" ? nextSentence(change) : defaultSentence(change);
    case "rule-added":
      return ruleAdded(change);
    case "rule-removed":
      return ruleRemoved(change);
    case "rule-rewired":
      return `${change.state}: ${when(change)}, now comes ${stateName(change.now)} instead of ${stateName(change.was)}`;
    case "rule-changed":
      return ruleChanged(change);
    case "rules-reordered":
      return `${change.state} ${asks[change.list]} in another order: ${numbered(change.now)}; before ${numbered(change.was)}`;
    case "branches":
      return `the branches of ${change.state} are now those that start with ${listed(change.now)}; before ${listed(change.was)}`;
    case "field":
      return fieldSentence(change);
  }
}

type Of<K extends Change["kind"]> = Extract<Change, { readonly kind: K }>;

const does = (resource: string | undefined): string =>
  resource === undefined ? "" : ` that calls ${resource.replace(/^arn:[\w-]+:states:[^:]*:[^:]*:/, "")}`;

/** `Process/Branches[1]` → `branch 2 of Process`. */
export function machineName(path: string): string {
  const [, owner, place] = /^(.*)\/(Branches\[\d+\]|ItemProcessor|Iterator)$/s.exec(path) ?? [];
  if (owner === undefined || place === undefined) return "the machine";
  const state = owner.replace(/^.*\/(Branches\[\d+\]|ItemProcessor|Iterator)\//s, "");
  const branch = /\d+/.exec(place);
  return branch === null ? `the processor of ${state}` : `branch ${Number(branch[0]) + 1} of ${state}`;
}

const inside = (path: string): string => (path === "" ? "" : ` in ${machineName(path)}`);
const from = (path: string): string => (path === "" ? "" : ` from ${machineName(path)}`);

const stateName = (target: Target): string =>
  typeof target === "object" ? target.state : target === "end" ? "the end" : "nothing";

function nextSentence({ state, was, now }: Of<"rewired">): string {
  if (now === "end") return `${state} now ends its machine; before, ${stateName(was)} came next`;
  if (was === "end") return `after ${state} now comes ${stateName(now)}; before, it ended its machine`;
  return `after ${state} now comes ${stateName(now)} instead of ${stateName(was)}`;
}

function defaultSentence({ state, was, now }: Of<"rewired">): string {
  const none = `if no rule of ${state} holds`;
  if (was === "nothing") return `${none}, now comes ${stateName(now)}; before, that was an error`;
  if (now === "nothing") return `${none}, that is now an error; before, ${stateName(was)} came`;
  return `${none}, now comes ${stateName(now)} instead of ${stateName(was)}`;
}

const asks: Readonly<Record<RuleList, string>> = {
  Choices: "asks its rules",
  Catch: "tries its catchers",
  Retry: "tries its retriers",
};

const when = ({ list, rule }: { readonly list: RuleList; readonly rule: string }): string =>
  list === "Choices" ? `if ${rule}` : `on ${rule}`;

function ruleAdded(change: Of<"rule-added" | "rule-removed">): string {
  const { state, list, index, rule, to } = change;
  switch (list) {
    case "Choices":
      return `${state} has a new rule ${index + 1}: ${when(change)}, then ${stateName(to)}`;
    case "Catch":
      return `${state} has a new catcher ${index + 1}: ${when(change)}, then ${stateName(to)}`;
    case "Retry":
      return `${state} is now retried on ${rule}`;
  }
}

function ruleRemoved(change: Of<"rule-added" | "rule-removed">): string {
  const { state, list, rule, to } = change;
  switch (list) {
    case "Choices":
      return `${state} has no rule any more for: ${when(change)}, then ${stateName(to)}`;
    case "Catch":
      return `${state} no longer catches ${rule}, which led to ${stateName(to)}`;
    case "Retry":
      return `${state} is no longer retried on ${rule}`;
  }
}

function ruleChanged({ state, list, rule, was, to }: Of<"rule-changed">): string {
  const [before, after] = excerpts(was, rule);
  switch (list) {
    case "Choices":
      return `${state} now leads to ${stateName(to)} if ${after}; before, if ${before}`;
    case "Catch":
      return `${state} now catches ${after} with ${stateName(to)}; before, ${before}`;
    case "Retry":
      return `${state} is now retried on ${after}; before, on ${before}`;
  }
}

const numbered = (rules: readonly string[]): string => rules.map((rule, index) => `${index + 1}. ${rule}`).join(", ");
const listed = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

function fieldSentence({ state, machine, path, was, now }: Of<"field">): string {
  const whose = state ?? machineName(machine);
  if (was === undefined) return `${whose}: ${path} is new: ${excerpts("", readable(now))[1]}`;
  if (now === undefined) return `${whose}: ${path} is gone; it was ${excerpts(readable(was), "")[0]}`;
  const [before, after] = excerpts(readable(was), readable(now));
  return `${whose}: ${path} ${before} → ${after}`;
}
