/** Steps that have several ways on: what the way that is taken returns is what the step yields. */
import { call } from "../expressions/build.ts";
import type { Flow } from "../flow.ts";
import { eq, member } from "../operators.ts";
import type { StepOptions } from "../options.ts";
import type { Ref, RefBase } from "../ref.ts";
import { expressionOf, reference, referenceTo } from "../reference.ts";
import type { Way } from "../tree.ts";
import type { Mark, Writer } from "../writer.ts";

type WriteBlock = (flow: Flow) => unknown;

function add<T>(
  writer: Writer,
  at: Mark,
  ways: readonly (Omit<Way, "block"> & { readonly write: WriteBlock })[],
  otherwise: WriteBlock | undefined,
  { comment, accept }: StepOptions,
): Ref<T> {
  const result = writer.binding(at);
  writer.add({
    kind: "choice",
    ...at,
    ways: ways.map(({ label, condition, write }) => ({ label, condition, block: writer.block(at, write) })),
    otherwise: otherwise && writer.block(at, otherwise),
    result,
    comment,
    accept,
  });
  return referenceTo(result);
}

export const ifElse =
  (writer: Writer): Flow["if"] =>
  (name, condition, then, otherwise, options = {}) =>
    add(writer, writer.mark(name), [{ label: "yes", condition, write: then }], otherwise ?? (() => undefined), options);

/** The ways that are there: types see to it that none is missing. */
const written = <W>(ways: Readonly<Record<string, W | undefined>>): [label: string, write: W][] =>
  Object.entries(ways).flatMap(([label, write]): [string, W][] => (write === undefined ? [] : [[label, write]]));

/** A way's key is a text, whatever it stands for: what looks like a number or a boolean may be that. */
function isCase(value: RefBase<unknown>, label: string): Ref<boolean> {
  const isText = !/^(true|false|-?\d.*)$/.test(label);
  return eq<unknown>(isText ? value : reference(call("string", expressionOf(value))), label);
}

export const choose =
  (writer: Writer): Flow["choose"] =>
  (name, on, ways, options = {}) => {
    const cases = written<WriteBlock>(ways).map(([label, write]) => ({
      label,
      condition: isCase(on, label),
      write,
    }));
    return add(writer, writer.mark(name), cases, undefined, options);
  };

export const match =
  (writer: Writer): Flow["match"] =>
  (name, value, discriminant, ways, options = {}) => {
    const cases = written<(flow: Flow, value: never) => unknown>(ways).map(([label, write]) => ({
      label,
      condition: isCase(member(value, discriminant), label),
      // Inside the way the value is known to be that member of the union, which no type here can say.
      write: (flow: Flow) => write(flow, value as never),
    }));
    return add(writer, writer.mark(name), cases, undefined, options);
  };
