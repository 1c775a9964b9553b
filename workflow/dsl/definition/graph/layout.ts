/**
 * Where everything of a picture stands. A machine within a node is laid out first and then is a node of its size, since
 * no way of ASL leads into or out of one.
 */
import { Graph, layout } from "@dagrejs/dagre";
import type { MachinePicture, Node, Way } from "./picture.ts";
import { textWidth, wrapped } from "./text_width.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly text: string;
  readonly kind: "name" | "detail" | "note";
}

/** A node around its centre. */
export interface PlacedNode extends Point {
  readonly node: Node;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** The machines within, each by its upper left corner from the node's. */
  readonly machines: readonly { readonly left: number; readonly top: number; readonly content: PlacedMachine }[];
}

export interface PlacedWay {
  readonly way: Way;
  readonly points: readonly Point[];
  readonly label: { readonly x: number; readonly y: number; readonly lines: readonly string[] } | undefined;
}

export interface PlacedMachine {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly ways: readonly PlacedWay[];
}

/** Pixels. */
export const sizes = { name: 13, detail: 11, note: 11, label: 11, lineHeight: 16 } as const;
const margin = 14;
const gap = 16;
const widestText = 190;
const widestLabel = 150;
const dot = 14;

type Sized = Omit<PlacedNode, "x" | "y">;

export function placed(picture: MachinePicture): PlacedMachine {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 26, edgesep: 14, ranksep: 26, marginx: margin, marginy: margin });
  const sized = new Map(picture.nodes.map((node) => [node.id, sizedNode(node)]));
  for (const [id, { width, height }] of sized) graph.setNode(id, { width, height });
  const ways = picture.ways.map((way, index) => ({ way, name: String(index), lines: labelLines(way) }));
  for (const { way, name, lines } of ways) {
    const width = Math.max(0, ...lines.map((line) => textWidth(line, sizes.label)));
    const size = lines.length === 0 ? {} : { width: width + 8, height: lines.length * 14 + 4, labelpos: "c" as const };
    // Heavy ways are drawn straight: what usually happens goes down the middle.
    graph.setEdge(way.from, way.to, { weight: way.kind === "catch" ? 1 : 8, ...size }, name);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    id: picture.id,
    width,
    height,
    nodes: [...sized].map(([id, size]) => {
      const { x, y } = graph.node(id);
      return { ...size, x, y };
    }),
    ways: ways.map(({ way, name, lines }) => {
      const { points, x, y } = graph.edge(way.from, way.to, name);
      const label = lines.length === 0 || x === undefined || y === undefined ? undefined : { x, y, lines };
      return { way, points, label };
    }),
  };
}

const labelLines = ({ label }: Way): string[] =>
  label === undefined || label.trim() === "" ? [] : wrapped(label, widestLabel, sizes.label);

function sizedNode(node: Node): Sized {
  if (node.shape === "dot") return { node, width: dot, height: dot, lines: [], machines: [] };
  const lines = linesOf(node);
  const textsWidth = Math.max(...lines.map(({ text, kind }) => textWidth(text, sizes[kind])));
  const textsHeight = lines.length * sizes.lineHeight;
  if (node.machines.length === 0) {
    const padding = node.shape === "choice" ? 44 : 28;
    return { node, width: Math.max(60, textsWidth + padding), height: textsHeight + 16, lines, machines: [] };
  }
  const contents = node.machines.map((each) => placed(each));
  const contentWidth = contents.reduce((sum, { width }) => sum + width + gap, gap);
  const width = Math.max(contentWidth, textsWidth + 28);
  const top = textsHeight + 14;
  let left = (width - contentWidth) / 2 + gap;
  const machines = contents.map((content) => {
    const at = { left, top, content };
    left += content.width + gap;
    return at;
  });
  return { node, width, height: top + Math.max(...contents.map(({ height }) => height)) + gap, lines, machines };
}

const linesOf = ({ name, detail, mark }: Node): Line[] => [
  ...wrapped(name, widestText, sizes.name).map((text) => ({ text, kind: "name" as const })),
  ...(detail === undefined ? [] : wrapped(detail, widestText, sizes.detail)).map((text) => ({
    text,
    kind: "detail" as const,
  })),
  ...(mark?.notes ?? [])
    .flatMap((note) => wrapped(note, widestText, sizes.note))
    .map((text) => ({ text, kind: "note" as const })),
];
