/** JSON that a user wrote: what is wrong with it is told with its file, line and column. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { text as readText } from "node:stream/consumers";
import { UserError } from "./errors.ts";

export interface JsonFile {
  /** The path, or what stands in for it in messages. */
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a JSON file, or standard input for "-".
 * @throws {UserError} if it can't be read or isn't JSON
 */
export async function readJson(path: string): Promise<JsonFile> {
  const [name, content] =
    path === "-" ? ["standard input", await readText(process.stdin)] : [path, await readFileText(path)];
  const text = content.replace(byteOrderMark, "");
  return { name, text, value: parseJson(text, name) };
}

/**
 * The value alone.
 * @throws {UserError} as {@link readJson} does
 */
export const readJsonFile = async (path: string): Promise<unknown> => (await readJson(path)).value;

/**
 * JSON that stands in the command itself, as the AWS CLI takes it, or in a file: `{"batch": "b-1"}`, `input.json`, "-".
 * @param option names it in messages
 * @throws {UserError} as {@link readJson} does
 */
export async function readJsonArgument(argument: string, option: string): Promise<unknown> {
  const isJson = /^\s*[[{"]/.test(argument) && !existsSync(argument);
  return isJson ? parseJson(argument, option) : await readJsonFile(argument);
}

const byteOrderMark = /^\uFEFF/;

/** Whatever walks JSON calls itself for each level: deeper ones would overflow the stack. */
const maxDepth = 1000;

/**
 * A byte order mark, which editors on Windows write, is no part of the text.
 * @throws {UserError} with the place of the first mistake: `mocks.json:3:14: …`
 */
export function parseJson(text: string, name: string): unknown {
  const content = text.replace(byteOrderMark, "");
  const message = mistake(content);
  if (message === undefined) {
    const value: unknown = JSON.parse(content);
    if (isDeeper(value, maxDepth)) throw new UserError(`${name}: it is nested more than ${maxDepth} levels deep`);
    return value;
  }
  const before = content.slice(0, position(content, message)).split("\n");
  const reason = message
    .replace(/ \(line \d+ column \d+\)$| is not valid JSON$|, ".*$/s, "")
    .replace(/ at position \d+$/, "")
    .replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
  throw new UserError(`${name}:${before.length}:${(before.at(-1) ?? "").length + 1}: not JSON: ${reason}`);
}

function isDeeper(value: unknown, depth: number): boolean {
  let level = [value];
  for (let at = 0; at <= depth && level.length > 0; at += 1) {
    level = level.flatMap((each): unknown[] => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return level.length > 0;
}

async function readFileText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UserError(`can't read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function mistake(content: string): string | undefined {
  try {
    JSON.parse(content);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** V8 tells the position of some mistakes only. An unexpected token is the last character of the shortest prefix that has one. */
function position(content: string, message: string): number {
  const told = /at position (\d+)/.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  if (!message.startsWith("Unexpected token")) return content.length;
  let [good, bad] = [0, content.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (mistake(content.slice(0, middle))?.startsWith("Unexpected token") === true) bad = middle;
    else good = middle;
  }
  return good;
}
