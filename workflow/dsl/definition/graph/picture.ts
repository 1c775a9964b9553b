/**
 * What a picture of a machine shows, however it is drawn: nodes, the ways between them, and machines within nodes. Its
 * ids come from the states' names, so a picture under version control changes only where its machine does.
 */
import { fieldsOf, listOf, textOf, type Machine, type State, type Transition } from "../machine.ts";
import { readableRule, shortened } from "../readable.ts";
import { detailOf } from "./detail.ts";
import { endKey, placeOf, startKey, wayKey, type Look, type Mark, type Marks } from "./marks.ts";

export type Shape =
  | "start"
  | "end"
  /** The start and the end of a machine within a node: the words stand only once in a picture. */
  | "dot"
  | "task"
  | "pass"
  | "choice"
  | "wait"
  | "succeed"
  | "fail"
  | "parallel"
  | "map"
  /** A state of no known type. */
  | "unknown"
  /** A transition's target that is not there. */
  | "missing";

export interface Node {
  readonly id: string;
  readonly shape: Shape;
  readonly name: string;
  /** What it does, such as `lambda:invoke`. */
  readonly detail: string | undefined;
  readonly mark: Mark | undefined;
  /** The branches of a Parallel, the processor of a Map. */
  readonly machines: readonly MachinePicture[];
}

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly kind: Transition["kind"];
  readonly label: string | undefined;
  /** The label in full length. */
  readonly title: string | undefined;
  readonly look: Look | undefined;
}

export interface MachinePicture {
  readonly id: string;
  readonly nodes: readonly Node[];
  readonly ways: readonly Way[];
}

const shapes: Readonly<Record<string, Shape>> = {
  Task: "task",
  Pass: "pass",
  Choice: "choice",
  Wait: "wait",
  Succeed: "succeed",
  Fail: "fail",
  Parallel: "parallel",
  Map: "map",
};
const longestLabel = 60;

/** The picture of the machine, with what the marks say of its states and ways. */
export function pictureOf(machine: Machine, marks?: Marks): MachinePicture {
  const taken = new Set<string>();
  const unique = (wanted: string): string => {
    let id = wanted;
    for (let count = 2; taken.has(id); count += 1) id = `${wanted}_${count}`;
    taken.add(id);
    return id;
  };
  return draw(machine, marks, unique, "machine");
}

type Unique = (wanted: string) => string;

/** Letters and digits alone make an id in Mermaid and in SVG; the prefix keeps it from being a keyword such as `end`. */
const idOf = (name: string): string => `s_${name.replaceAll(/[^A-Za-z0-9]/g, "_")}`;

function draw(machine: Machine, marks: Marks | undefined, unique: Unique, id: string): MachinePicture {
  const ids = new Map<string, string>();
  const states = machine.states.map((state): Node => {
    const own = unique(idOf(state.name));
    ids.set(state.name, own);
    return {
      id: own,
      shape: shapes[state.type ?? ""] ?? "unknown",
      name: state.name,
      detail: detailOf(state),
      mark: markAt(placeOf(machine.path, state.name), marks),
      machines: state.machines.map((each, index) => draw(each, marks, unique, unique(`${own}_${index + 1}`))),
    };
  });
  const plain = (shape: Shape, wanted: string, name: string, look?: Look): Node => ({
    id: unique(wanted),
    shape,
    name,
    detail: undefined,
    mark: look === undefined ? undefined : { look, notes: [] },
    machines: [],
  });
  const nested = machine.path !== "";
  const start = plain(nested ? "dot" : "start", `${id}_start`, "Start");
  const end = plain(nested ? "dot" : "end", `${id}_end`, "End");
  const missing: Node[] = [];
  const target = (name: string): string => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const node = plain("missing", `missing${idOf(name)}`, name);
    missing.push(node);
    ids.set(name, node.id);
    return node.id;
  };
  const way = (from: string, to: string, kind: Way["kind"], key: string, title?: string): Way => ({
    from,
    to,
    kind,
    label: title === undefined ? undefined : shortened(title, longestLabel),
    title,
    look: marks?.ways.get(key) ?? marks?.rest,
  });
  const first =
    machine.startAt === undefined ? [] : [way(start.id, target(machine.startAt), "next", startKey(machine.path))];
  const between = machine.states.flatMap((state) => {
    const from = target(state.name);
    const place = placeOf(machine.path, state.name);
    return [
      ...state.transitions.map((each) =>
        way(from, target(each.to), each.kind, wayKey(place, each), titleOf(state, each)),
      ),
      ...(endsMachine(state) ? [way(from, end.id, "next", endKey(place))] : []),
    ];
  });
  const ways = [...first, ...between];
  const ends = ways.some(({ to }) => to === end.id);
  return { id, nodes: [start, ...states, ...missing, ...(ends ? [end] : [])], ways };
}

const markAt = (place: string, marks: Marks | undefined): Mark | undefined =>
  marks?.states.get(place) ?? (marks?.rest === undefined ? undefined : { look: marks.rest, notes: [] });

/** Its machine ends well after it. */
const endsMachine = ({ type, fields }: State): boolean => fields.End === true || type === "Succeed";

function titleOf({ fields }: State, transition: Transition): string | undefined {
  switch (transition.kind) {
    case "next":
      return undefined;
    case "default":
      return "Default";
    case "catch":
      return transition.errors.join(", ");
    case "choice": {
      const rule = fieldsOf(listOf(fields.Choices)[transition.rule]);
      return textOf(rule.Comment) ?? readableRule(rule);
    }
  }
}
