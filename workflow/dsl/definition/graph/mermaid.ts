/** A machine as a Mermaid flowchart, as GitHub draws it. */
import type { Machine } from "../machine.ts";
import { looks, type Look, type Marks } from "./marks.ts";
import { printable } from "./printable.ts";
import { pictureOf, type MachinePicture, type Node, type Shape, type Way } from "./picture.ts";

/** Fill, border and text are given together, so that a mark is readable in the light and in the dark theme. */
const styles: Readonly<Record<Look, string>> = {
  succeeded: "fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a",
  caught: "fill:#fff1e5,stroke:#bc4c00,color:#5c2500",
  failed: "fill:#ffebe9,stroke:#cf222e,color:#6e0f17,stroke-width:3px",
  aborted: "fill:#eaeef2,stroke:#6e7781,color:#32383f",
  running: "fill:#ddf4ff,stroke:#0969da,color:#0a3069",
  untouched: "opacity:0.45",
  added: "fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a",
  changed: "fill:#fff8c5,stroke:#9a6700,color:#4d2d00",
};
/** Of ways and of groups, whose ground stays the theme's. */
const strokes: Readonly<Record<Look, string>> = {
  succeeded: "stroke:#1a7f37,stroke-width:2px",
  caught: "stroke:#bc4c00,stroke-width:2px",
  failed: "stroke:#cf222e,stroke-width:3px",
  aborted: "stroke:#6e7781,stroke-width:2px",
  running: "stroke:#0969da,stroke-width:2px",
  untouched: "opacity:0.45",
  added: "stroke:#1a7f37,stroke-width:2px",
  changed: "stroke:#9a6700,stroke-width:2px",
};
const brackets: Readonly<Record<Exclude<Shape, "parallel" | "map">, readonly [string, string]>> = {
  start: ["([", "])"],
  end: ["([", "])"],
  dot: ["((", "))"],
  task: ["[", "]"],
  pass: ["(", ")"],
  choice: ["{{", "}}"],
  wait: ["[/", "\\]"],
  succeed: ["([", "])"],
  fail: ["[[", "]]"],
  unknown: ["[", "]"],
  missing: [">", "]"],
};

/** The text of a `flowchart TD`, ending in a line break. */
export function mermaid(machine: Machine, marks?: Marks): string {
  const picture = pictureOf(machine, marks);
  const ways = waysWithin(picture);
  const nodes = nodesWithin(picture);
  const lines = [
    "flowchart TD",
    ...inside(picture),
    ...ways.map((way) => `  ${way.from} ${arrow(way)} ${way.to}`),
    ...nodes.filter(({ shape }) => shape === "dot").map(({ id }) => `  style ${id} fill:#818b98,stroke:#818b98`),
    ...nodes.filter(({ shape }) => shape === "missing").map(({ id }) => `  style ${id} stroke-dasharray:4`),
    ...looks.flatMap((look) => {
      const marked = nodes.filter(({ mark }) => mark?.look === look);
      const [groups, plain] = [marked.filter(isGroup), marked.filter((node) => !isGroup(node))];
      return [...classLines(look, styles[look], plain), ...classLines(`${look}Group`, strokes[look], groups)];
    }),
    ...looks.flatMap((look) => {
      const places = ways.flatMap((way, index) => (way.look === look ? [index] : []));
      return places.length === 0 ? [] : [`  linkStyle ${places.join(",")} ${strokes[look]}`];
    }),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const waysWithin = ({ nodes, ways }: MachinePicture): Way[] => [
  ...ways,
  ...nodes.flatMap(({ machines }) => machines.flatMap(waysWithin)),
];

const nodesWithin = ({ nodes }: MachinePicture): Node[] =>
  nodes.flatMap((node) => [node, ...node.machines.flatMap(nodesWithin)]);

const isGroup = ({ machines }: Node): boolean => machines.length > 0;

const classLines = (name: string, style: string, nodes: readonly Node[]): string[] =>
  nodes.length === 0 ? [] : [`  classDef ${name} ${style}`, `  class ${nodes.map(({ id }) => id).join(",")} ${name}`];

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const inside = ({ nodes }: MachinePicture): string[] => indented(nodes.flatMap(drawn));

function drawn(node: Node): string[] {
  if (isGroup(node)) {
    const [only, ...others] = node.machines;
    const content =
      only !== undefined && others.length === 0
        ? inside(only)
        : indented(
            node.machines.flatMap((each, index) => [
              `subgraph ${each.id}["${index + 1}"]`,
              "  direction TB",
              ...inside(each),
              "end",
            ]),
          );
    // Mermaid leaves room for one line above a subgraph, and lays it out across its surroundings unless told otherwise.
    return [`subgraph ${node.id}["${textsOf(node).join(" · ")}"]`, "  direction TB", ...content, "end"];
  }
  const [name, ...lines] = textsOf(node);
  const label = [name, ...lines.map((line) => `<small>${line}</small>`)].join("<br/>");
  const [open, close] = node.shape === "parallel" || node.shape === "map" ? brackets.unknown : brackets[node.shape];
  return [`${node.id}${open}"${label}"${close}`];
}

const textsOf = ({ name, shape, detail, mark }: Node): string[] =>
  shape === "dot"
    ? [" "]
    : [name, ...(detail === undefined ? [] : [detail]), ...(mark?.notes ?? [])].map((text) => escaped(text));

function arrow({ kind, label }: Way): string {
  const line = kind === "catch" ? "-.->" : "-->";
  return label === undefined || label.trim() === "" ? line : `${line}|"${escaped(label)}"|`;
}

/** Everything that could mean something to Mermaid, Markdown or HTML goes in as a character's number. */
const escaped = (text: string): string =>
  printable(text).replaceAll(
    // A colon begins the name of an icon, unless a space follows it.
    /[^\p{L}\p{N} ,.()?_\ufffd:-]|:(?! )/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
