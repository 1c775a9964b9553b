/**
 * The grammar of intrinsic functions: `States.Format('{} of {}', $.name, States.ArrayLength($.items))`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import type { Json } from "../json.ts";
import { pathError } from "./path.ts";

export interface Call {
  readonly name: string;
  readonly args: readonly Argument[];
}
/** A text keeps its escapes: States.Format tells `\{` from `{`. */
export type Argument =
  { readonly call: Call } | { readonly path: string } | { readonly text: string } | { readonly value: Json };

/** Whether a dynamic field's text is a function's call rather than a path. */
export function isCall(source: string): boolean {
  return source.startsWith("States.");
}

/** A text's characters: `\'`, `\{`, `\}` and `\\` stand for what follows the backslash. */
export function unescape(text: string): string {
  return text.replace(/\\(.)/gs, "$1");
}

/** @throws {SyntaxError} saying what was expected where */
export function parseCall(source: string): Call {
  const [call, end] = readCall(source, 0);
  if (skip(source, end) !== source.length) throw unexpected(source, end, "the end");
  return call;
}

const nameOf = /States\.[A-Za-z0-9]+\(/y;
// A path ends at a comma, a parenthesis or a blank that stands outside of its brackets.
const pathOf = /\$(?:\[(?:'(?:[^'\\]|\\.)*'|\?\((?:[^()]|\([^()]*\))*\)|[^\]])*\]|\.length\(\)|[^[,()\s])*/y;
const textOf = /'((?:[^'\\]|\\['{}\\])*)'/y;
const literalOf = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function readCall(source: string, start: number): readonly [Call, number] {
  const opening = match(nameOf, source, start);
  if (opening === undefined) throw unexpected(source, start, "a function, as in States.Format(");
  const name = opening[0].slice(0, -1);
  let at = skip(source, start + opening[0].length);
  if (source[at] === ")") return [{ name, args: [] }, at + 1];
  const args: Argument[] = [];
  for (;;) {
    const [argument, end] = readArgument(source, at);
    args.push(argument);
    at = skip(source, end);
    if (source[at] === ")") return [{ name, args }, at + 1];
    if (source[at] !== ",") throw unexpected(source, at, "',' or ')'");
    at = skip(source, at + 1);
  }
}

function readArgument(source: string, at: number): readonly [Argument, number] {
  if (source.startsWith("States.", at)) {
    const [call, end] = readCall(source, at);
    return [{ call }, end];
  }
  const path = match(pathOf, source, at);
  if (path !== undefined) {
    const problem = pathError(path[0]);
    if (problem !== undefined) throw new SyntaxError(`${path[0]}: ${problem}`);
    return [{ path: path[0] }, at + path[0].length];
  }
  const text = match(textOf, source, at);
  if (text !== undefined) return [{ text: text[1] ?? "" }, at + text[0].length];
  const literal = match(literalOf, source, at);
  if (literal === undefined)
    throw unexpected(source, at, "a path, a 'text', a number, true, false, null or a function");
  return [{ value: JSON.parse(literal[0]) as Json }, at + literal[0].length];
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}

function skip(source: string, at: number): number {
  let end = at;
  while (/\s/.test(source[end] ?? "")) end += 1;
  return end;
}

function unexpected(source: string, at: number, wanted: string): SyntaxError {
  return new SyntaxError(`expected ${wanted} at character ${at + 1} of ${source}`);
}
