/** JSON that a user wrote: what is wrong with it is told with its file, line and column. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UserError } from "./errors.ts";

/**
 * Reads a JSON file, or standard input for "-".
 * @throws {UserError} if it can't be read or isn't JSON
 */
export async function readJsonFile(path: string): Promise<unknown> {
  return path === "-" ? parseJson(await text(process.stdin), "standard input") : parseJson(await read(path), path);
}

/** @throws {UserError} with the place of the first mistake: `mocks.json:3:14: …` */
export function parseJson(content: string, name: string): unknown {
  const message = mistake(content);
  if (message === undefined) return JSON.parse(content) as unknown;
  const before = content.slice(0, position(content, message)).split("\n");
  const reason = message
    .replace(/ \(line \d+ column \d+\)$| is not valid JSON$|, ".*$/s, "")
    .replace(/ at position \d+$/, "");
  throw new UserError(`${name}:${before.length}:${(before.at(-1) ?? "").length + 1}: not JSON: ${reason}`);
}

async function read(path: string): Promise<string> {
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
