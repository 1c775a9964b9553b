/**
 * A definition in Amazon States Language, whoever wrote it, as data to be walked: its machines, their states and the ways
 * between them. It reads leniently, so that checks, pictures and comparisons work on broken definitions too: a state that
 * is not an object has no fields, a transition may name a state that isn't there.
 */

/** One `States` object: the program's own, a branch of a Parallel, or the processor of a Map. */
export interface Machine {
  /** Where it stands, such as `Process/Branches[1]`; the program's own is the empty text. */
  readonly path: string;
  /** Where it stands, as a JSON pointer (RFC 6901); the program's own is the empty text. */
  readonly pointer: string;
  readonly startAt: string | undefined;
  readonly states: readonly State[];
  /** Its children run as executions of their own: the processor of a distributed Map. */
  readonly ownExecution: boolean;
  readonly fields: Fields;
}

export interface State {
  readonly name: string;
  readonly pointer: string;
  /** `Task`, `Choice` …; undefined where it is missing or no text. */
  readonly type: string | undefined;
  readonly fields: Fields;
  readonly transitions: readonly Transition[];
  /** The branches of a Parallel, the processor of a Map. */
  readonly machines: readonly Machine[];
}

/** A way on. `rule` is the place of a Choice's rule or of a catcher, from 0. */
export type Transition =
  | { readonly kind: "next"; readonly to: string }
  | { readonly kind: "default"; readonly to: string }
  | { readonly kind: "choice"; readonly to: string; readonly rule: number; readonly condition: unknown }
  | { readonly kind: "catch"; readonly to: string; readonly rule: number; readonly errors: readonly string[] };

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value's members, or none where it is no object. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The names in a catcher's or a retrier's ErrorEquals. */
export const errorsOf = (rule: unknown): string[] =>
  listOf(fieldsOf(rule).ErrorEquals).filter((name) => typeof name === "string");

function transitionsOf(fields: Fields): Transition[] {
  const next = textOf(fields.Next);
  const otherwise = textOf(fields.Default);
  const choices = listOf(fields.Choices).flatMap((each, rule): Transition[] => {
    const { Next: to, Condition: condition } = fieldsOf(each);
    return typeof to === "string" ? [{ kind: "choice", to, rule, condition }] : [];
  });
  const catchers = listOf(fields.Catch).flatMap((each, rule): Transition[] => {
    const { Next: to } = fieldsOf(each);
    return typeof to === "string" ? [{ kind: "catch", to, rule, errors: errorsOf(each) }] : [];
  });
  return [
    ...choices,
    ...(otherwise === undefined ? [] : [{ kind: "default" as const, to: otherwise }]),
    ...(next === undefined ? [] : [{ kind: "next" as const, to: next }]),
    ...catchers,
  ];
}

/** A JSON pointer to a member, RFC 6901. */
export const pointerTo = (pointer: string, ...members: readonly (string | number)[]): string =>
  members.reduce<string>((to, member) => `${to}/${typeof member === "number" ? member : escaped(member)}`, pointer);

const escaped = (member: string): string => member.replaceAll("~", "~0").replaceAll("/", "~1");

function machinesOf(name: string, fields: Fields, path: string, pointer: string): Machine[] {
  const own = path === "" ? name : `${path}/${name}`;
  const branches = listOf(fields.Branches).map((each, index) =>
    machineAt(each, `${own}/Branches[${index}]`, pointerTo(pointer, "Branches", index)),
  );
  // `Iterator` is the older name of `ItemProcessor`.
  const processors = ["ItemProcessor", "Iterator"].flatMap((field) =>
    fields[field] === undefined ? [] : [machineAt(fields[field], `${own}/${field}`, pointerTo(pointer, field))],
  );
  return [...branches, ...processors];
}

function machineAt(definition: unknown, path: string, pointer: string): Machine {
  const fields = fieldsOf(definition);
  const states = Object.entries(fieldsOf(fields.States)).map(([name, value]): State => {
    const own = fieldsOf(value);
    const place = pointerTo(pointer, "States", name);
    return {
      name,
      pointer: place,
      type: textOf(own.Type),
      fields: own,
      transitions: transitionsOf(own),
      machines: machinesOf(name, own, path, place),
    };
  });
  const { Mode: mode } = fieldsOf(fields.ProcessorConfig);
  return { path, pointer, startAt: textOf(fields.StartAt), states, ownExecution: mode === "DISTRIBUTED", fields };
}

/** The machine that a definition describes. */
export const machineOf = (definition: unknown): Machine => machineAt(definition, "", "");

/** The machine and all machines within, from the outermost. */
export const allMachines = (machine: Machine): Machine[] => [
  machine,
  ...machine.states.flatMap(({ machines }) => machines.flatMap(allMachines)),
];

/** Texts that are expressions: `{%` and `%}` are their first and last characters. */
export const expressionIn = (value: unknown): string | undefined =>
  typeof value === "string" && value.startsWith("{%") && value.endsWith("%}") ? value.slice(2, -2).trim() : undefined;
