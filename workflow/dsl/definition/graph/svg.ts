/** A machine as an SVG that needs nothing else: no script, no font, no style from outside; for light and dark pages. */
import type { Machine } from "../machine.ts";
import { placed, sizes, type PlacedMachine, type PlacedNode, type PlacedWay, type Point } from "./layout.ts";
import type { Marks } from "./marks.ts";
import { printable } from "./printable.ts";
import { pictureOf } from "./picture.ts";
import { style } from "./style.ts";

/** `title` names the picture for those who can't see it. */
export function svg(machine: Machine, title: string, marks?: Marks): string {
  const all = placed(pictureOf(machine, marks));
  const [width, height] = [Math.ceil(all.width), Math.ceil(all.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="machine" role="img" aria-labelledby="machine-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="machine-title">${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...machineLines(all),
    "</svg>\n",
  ].join("\n");
}

/** Ways lie under the nodes, their labels above. */
const machineLines = (machine: PlacedMachine): string[] => [
  ...machine.ways.map(wayLine),
  ...machine.nodes.flatMap(nodeLines),
  ...machine.ways.flatMap(labelLines),
];

function nodeLines(placedNode: PlacedNode): string[] {
  const { node, x, y, width, height, lines, machines } = placedNode;
  const spoken = [node.name, node.detail, ...(node.mark?.notes ?? []), node.mark?.more].filter(
    (each) => each !== undefined,
  );
  const [left, top] = [x - width / 2, y - height / 2];
  const first =
    machines.length > 0 ? top + sizes.lineHeight + 4 : y - (lines.length * sizes.lineHeight) / 2 + sizes.lineHeight - 4;
  return [
    `<g class="node ${node.shape}${machines.length === 0 ? "" : " group"}${node.mark === undefined ? "" : ` ${node.mark.look}`}">`,
    `<title>${spoken.map(escaped).join("\n")}</title>`,
    outline(placedNode),
    ...lines.map(
      ({ text, kind }, index) =>
        `<text class="${kind}" x="${rounded(x)}" y="${rounded(first + index * sizes.lineHeight)}">${escaped(text)}</text>`,
    ),
    ...machines.flatMap(({ left: right, top: down, content }) => [
      `<g transform="translate(${rounded(left + right)} ${rounded(top + down)})">`,
      ...(machines.length === 1
        ? []
        : [`<rect class="inner" width="${rounded(content.width)}" height="${rounded(content.height)}" rx="8"/>`]),
      ...machineLines(content),
      "</g>",
    ]),
    "</g>",
  ];
}

function outline({ node: { shape }, x, y, width, height }: PlacedNode): string {
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  const corners = (points: readonly (readonly [number, number])[]): string =>
    `<polygon class="shape" points="${points.map(([one, other]) => `${rounded(one)},${rounded(other)}`).join(" ")}"/>`;
  const box = (radius: number): string =>
    `<rect class="shape" x="${rounded(left)}" y="${rounded(top)}" width="${rounded(width)}" height="${rounded(height)}" rx="${rounded(radius)}"/>`;
  const cut = 14;
  switch (shape) {
    case "choice":
      return corners([
        [left + cut, top],
        [right - cut, top],
        [right, y],
        [right - cut, bottom],
        [left + cut, bottom],
        [left, y],
      ]);
    case "wait":
      return corners([
        [left, top],
        [right, top],
        [right - cut / 2, bottom],
        [left + cut / 2, bottom],
      ]);
    case "fail":
      return corners([
        [left + cut / 2, top],
        [right - cut / 2, top],
        [right, top + cut / 2],
        [right, bottom - cut / 2],
        [right - cut / 2, bottom],
        [left + cut / 2, bottom],
        [left, bottom - cut / 2],
        [left, top + cut / 2],
      ]);
    case "start":
    case "end":
    case "dot":
    case "succeed":
      return box(height / 2);
    case "pass":
    case "parallel":
    case "map":
      return box(12);
    case "task":
    case "unknown":
    case "missing":
      return box(4);
  }
}

function wayLine({ way: { kind, look, title }, points }: PlacedWay): string {
  const shown = title === undefined ? "" : `<title>${escaped(title)}</title>`;
  return `<g class="way ${kind}${look === undefined ? "" : ` ${look}`}">${shown}<path d="${curve(points)}"/>${head(points)}</g>`;
}

/** A curve that begins and ends at the first and last point, and bends at the others. */
function curve(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  const bends = others.slice(0, -1).map((point, index) => {
    const next = others[index + 1] ?? point;
    const to = index === others.length - 2 ? next : middle(point, next);
    return `Q${pair(point)} ${pair(to)}`;
  });
  const last = others.length === 1 ? [`L${pair(others[0] ?? first)}`] : bends;
  return [`M${pair(first)}`, ...last].join(" ");
}

/** An arrow's head, drawn itself: markers have ids, which clash when a page holds several pictures. */
function head(points: readonly Point[]): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (tip === undefined || before === undefined) return "";
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [dx, dy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const side = (sign: number): Point => ({ x: tip.x - 8 * dx - sign * 4 * dy, y: tip.y - 8 * dy + sign * 4 * dx });
  return `<path class="head" d="M${pair(tip)} L${pair(side(1))} L${pair(side(-1))} Z"/>`;
}

function labelLines({ way: { kind, look }, label }: PlacedWay): string[] {
  if (label === undefined) return [];
  const first = label.y - ((label.lines.length - 1) * 14) / 2 + 4;
  return label.lines.map(
    (line, index) =>
      `<text class="label ${kind}${look === undefined ? "" : ` ${look}`}" x="${rounded(label.x)}" y="${rounded(first + index * 14)}">${escaped(line)}</text>`,
  );
}

const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
const rounded = (value: number): string => String(Math.round(value * 10) / 10);
const pair = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

const escaped = (text: string): string =>
  printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
