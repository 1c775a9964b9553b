/** What a comparison tells: data with sentences, a text, or Markdown for a pull request. */
import { mermaid } from "../graph/index.ts";
import type { Machine } from "../machine.ts";
import type { Change } from "./change.ts";
import { changeMarks } from "./marks.ts";
import { generalFacts, meaningOf } from "./meaning.ts";
import { sentenceOf } from "./sentences.ts";
import type { Rendered } from "./tokens.ts";

export interface Report {
  /** One line, such as `1 state added, 2 rewired`. */
  readonly summary: string;
  readonly changes: readonly { readonly change: Change; readonly sentence: string; readonly meaning?: string }[];
  /** What is true of each of them; nothing where nothing changes. */
  readonly facts: readonly string[];
  /** What tokens stood for in the comparison, by their names; absent where that is not to be told. */
  readonly tokens?: Rendered["tokens"];
}

export const reportOn = (changes: readonly Change[], tokens: Rendered["tokens"] = {}): Report => ({
  summary: summaryOf(changes),
  changes: changes.map((change) => {
    const meaning = meaningOf(change);
    return { change, sentence: sentenceOf(change), ...(meaning === undefined ? {} : { meaning }) };
  }),
  facts: changes.length === 0 ? [] : generalFacts,
  ...(Object.keys(tokens).length === 0 ? {} : { tokens }),
});

const notesOf = ({ tokens = {} }: Report): string[] =>
  Object.entries(tokens).map(([name, text]) => `with \${${name}} = ${text}`);

/** For a terminal. */
export function textOfReport(report: Report): string {
  const { summary, changes, facts } = report;
  const lines = changes.flatMap(({ change, sentence, meaning }) => [
    `${signs[change.kind] ?? "~"} ${sentence}.`,
    ...(meaning === undefined ? [] : [`    ${meaning}`]),
  ]);
  const parts = [
    [`${summary}.`],
    lines,
    facts.length === 0 ? [] : ["For executions:", ...facts.map((fact) => `- ${fact}`)],
    notesOf(report),
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.map((line) => `${line}\n`).join(""))
    .join("\n");
}

/** For a pull request: the changes as a table, and the picture of the new machine with what has changed in it. */
export function markdownOfReport(report: Report, title: string, now: Machine): string {
  const { summary, changes, facts } = report;
  const heading = `**${markdownText(title)}**: ${summary}.\n`;
  const notes = notesOf(report).map((note) => `- ${markdownText(note)}\n`);
  if (changes.length === 0) return notes.length === 0 ? heading : `${heading}\n${notes.join("")}`;
  const rows = changes.map(
    ({ sentence, meaning }) => `| ${markdownText(sentence)} | ${markdownText(meaning ?? "")} |\n`,
  );
  return [
    heading,
    `| what changes | what it means |\n| --- | --- |\n${rows.join("")}`,
    [...facts.map((fact) => `- ${fact}\n`), ...notes].join(""),
    "<details>\n<summary>The new machine, with what has changed in it</summary>\n",
    `\`\`\`mermaid\n${mermaid(now, changeMarks(changes.map(({ change }) => change)))}\`\`\`\n`,
    "</details>\n",
  ].join("\n");
}

const signs: Readonly<Partial<Record<Change["kind"], string>>> = { added: "+", removed: "-" };

function summaryOf(changes: readonly Change[]): string {
  if (changes.length === 0) return "Nothing changes: both definitions mean the same";
  const counts = groups.flatMap((group) => {
    const states = changes.filter((change) => groupOf(change) === group).flatMap(stateKey);
    const count = new Set(states).size;
    return count === 0 ? [] : [{ count, group }];
  });
  const ofStates = counts.map(
    ({ count, group }, index) => `${count}${index > 0 ? "" : nounOf(" state", count)} ${group}`,
  );
  const others = changes.filter((change) => stateKey(change).length === 0).length;
  const ofMachines = others === 0 ? [] : [`${others}${nounOf(" change", others)} of a machine itself`];
  return [...ofStates, ...ofMachines].join(", ");
}

const nounOf = (noun: string, count: number): string => (count === 1 ? noun : `${noun}s`);

const stateKey = (change: Change): string[] =>
  change.kind === "start" || change.state === undefined ? [] : [JSON.stringify([change.machine, change.state])];

const groups = ["added", "removed", "renamed", "moved", "rewired", "changed"] as const;

function groupOf(change: Change): (typeof groups)[number] {
  switch (change.kind) {
    case "added":
    case "removed":
    case "renamed":
    case "moved":
      return change.kind;
    case "field":
      return "changed";
    case "start":
    case "rewired":
    case "branches":
      return "rewired";
    case "rule-added":
    case "rule-removed":
    case "rule-rewired":
    case "rule-changed":
    case "rules-reordered":
      return change.list === "Retry" ? "changed" : "rewired";
  }
}

/** Text that Markdown, tables and HTML leave alone. */
const markdownText = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll(/[\\`*_[\]|~#$]/g, (character) => `\\${character}`)
    // No one is to be called by a name in an ARN or an address.
    .replaceAll("@", "&#64;");
