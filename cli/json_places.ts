/** Where the values of a JSON text stand: JSON.parse forgets their lines, and drops a member whose name comes again. */
import ts from "typescript";
import { pointerTo } from "../workflow/dsl/definition/machine.ts";

export interface Places {
  /** The line, from 1, of the value at a JSON pointer; of what surrounds it, if there is none. */
  readonly lineOf: (pointer: string) => number;
  readonly duplicates: readonly Duplicate[];
}

/** A name that comes again in one object: only its last value counts. */
export interface Duplicate {
  /** Of the object. */
  readonly pointer: string;
  readonly name: string;
  /** In the order of the text. */
  readonly lines: readonly number[];
}

/** An object or a list that is not closed yet. */
interface Open {
  readonly pointer: string;
  /** Lines of each member so far; undefined for a list. */
  readonly members: Map<string, number[]> | undefined;
  /** Of a list: the place of the element that is read. */
  index: number;
  /** Of the member or element that is read; undefined where an object's next name is expected. */
  current: string | undefined;
}

/** @param text must be JSON: then TypeScript's scanner reads its tokens, without recursion */
export function placesIn(text: string): Places {
  const lines = new Map([["", 1]]);
  const duplicates: Duplicate[] = [];
  const open: Open[] = [];
  for (const { kind, source, line } of tokens(text)) {
    const within = open.at(-1);
    if (kind === ts.SyntaxKind.CommaToken && within !== undefined) {
      within.index += 1;
      within.current = within.members === undefined ? pointerTo(within.pointer, within.index) : undefined;
    } else if (kind === ts.SyntaxKind.CloseBraceToken || kind === ts.SyntaxKind.CloseBracketToken) {
      duplicates.push(...duplicatesIn(open.pop()));
    } else if (within?.members !== undefined && within.current === undefined) {
      const name: unknown = JSON.parse(source);
      within.current = pointerTo(within.pointer, String(name));
      within.members.set(String(name), [...(within.members.get(String(name)) ?? []), line]);
      lines.set(within.current, line);
    } else if (kind !== ts.SyntaxKind.ColonToken) {
      const pointer = within?.current ?? "";
      if (within?.members === undefined) lines.set(pointer, line);
      if (kind === ts.SyntaxKind.OpenBraceToken)
        open.push({ pointer, members: new Map(), index: 0, current: undefined });
      if (kind === ts.SyntaxKind.OpenBracketToken)
        open.push({ pointer, members: undefined, index: 0, current: pointerTo(pointer, 0) });
    }
  }
  const lineOf = (pointer: string): number =>
    lines.get(pointer) ?? lineOf(pointer.slice(0, Math.max(0, pointer.lastIndexOf("/"))));
  return { lineOf, duplicates };
}

interface Token {
  readonly kind: ts.SyntaxKind;
  readonly source: string;
  readonly line: number;
}

function* tokens(text: string): Generator<Token> {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text);
  let [line, end] = [1, text.indexOf("\n")];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    for (; end !== -1 && end < scanner.getTokenStart(); end = text.indexOf("\n", end + 1)) line += 1;
    yield { kind, source: scanner.getTokenText(), line };
  }
}

const duplicatesIn = (closed: Open | undefined): Duplicate[] =>
  [...(closed?.members ?? [])].flatMap(([name, lines]) =>
    closed === undefined || lines.length === 1 ? [] : [{ pointer: closed.pointer, name, lines }],
  );
