/** The looks of the SVG. Dark pages get the same rules with other colours: custom properties are unknown to some readers. */
import type { Look } from "./marks.ts";

interface Theme {
  readonly page: string;
  readonly card: string;
  readonly inner: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly types: Readonly<Record<"choice" | "wait" | "fail" | "succeed", string>>;
  /** Border and ground. */
  readonly looks: Readonly<Record<Exclude<Look, "untouched">, readonly [string, string]>>;
}

const light: Theme = {
  page: "#ffffff",
  card: "#f6f8fa",
  inner: "#ffffff",
  text: "#1f2328",
  muted: "#59636e",
  line: "#818b98",
  types: { choice: "#8250df", wait: "#0969da", fail: "#cf222e", succeed: "#1a7f37" },
  looks: {
    succeeded: ["#1a7f37", "#dafbe1"],
    caught: ["#bc4c00", "#fff1e5"],
    failed: ["#cf222e", "#ffebe9"],
    aborted: ["#6e7781", "#eaeef2"],
    running: ["#0969da", "#ddf4ff"],
    added: ["#1a7f37", "#dafbe1"],
    changed: ["#9a6700", "#fff8c5"],
  },
};
const dark: Theme = {
  page: "#0d1117",
  card: "#161b22",
  inner: "#0d1117",
  text: "#e6edf3",
  muted: "#9198a1",
  line: "#7d8590",
  types: { choice: "#ab7df8", wait: "#4493f8", fail: "#f85149", succeed: "#3fb950" },
  looks: {
    succeeded: ["#3fb950", "#12261e"],
    caught: ["#db6d28", "#2b1b10"],
    failed: ["#f85149", "#2d1618"],
    aborted: ["#8b949e", "#21262d"],
    running: ["#4493f8", "#121d2f"],
    added: ["#3fb950", "#12261e"],
    changed: ["#d29922", "#272115"],
  },
};

const rules = ({ page, card, inner, text, muted, line, types, looks }: Theme): string =>
  [
    `.machine .page{fill:${page}}`,
    `.machine .inner{fill:${inner};stroke:${line};stroke-width:.5}`,
    `.machine .shape{fill:${card};stroke:${line}}`,
    `.machine text{fill:${text};stroke:none}`,
    `.machine .detail,.machine .label{fill:${muted}}`,
    `.machine .label{stroke:${page};stroke-width:4px;paint-order:stroke}`,
    `.machine .way path{stroke:${line}}`,
    `.machine .way .head{fill:${line}}`,
    `.machine .start>.shape,.machine .end>.shape,.machine .dot>.shape{fill:${line};stroke:${line}}`,
    `.machine .start>text,.machine .end>text{fill:${page}}`,
    ...Object.entries(types).map(([type, colour]) => `.machine .${type}>.shape{stroke:${colour}}`),
    ...Object.entries(looks).flatMap(([look, [border, ground]]) => [
      `.machine .node.${look}>.shape{stroke:${border};fill:${ground};stroke-width:2}`,
      `.machine .node.group.${look}>.shape{fill:${card}}`,
      `.machine .way.${look} path{stroke:${border};stroke-width:2}`,
      `.machine .way.${look} .head{fill:${border}}`,
    ]),
  ].join("");

export const style = [
  ".machine text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;text-anchor:middle}",
  ".machine .name{font-size:13px;font-weight:600}",
  ".machine .detail,.machine .note,.machine .label{font-size:11px}",
  ".machine .way path{fill:none;stroke-width:1.2}",
  ".machine .catch>path:first-of-type{stroke-dasharray:5 4}",
  ".machine .pass>.shape,.machine .missing>.shape{stroke-dasharray:3 3}",
  ".machine .node.untouched>.shape,.machine .node.untouched>text,.machine .way.untouched,.machine .label.untouched{opacity:.4}",
  rules(light),
  `@media (prefers-color-scheme:dark){${rules(dark)}}`,
].join("");
