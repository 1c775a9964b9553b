/** Where a step is written: the first stack frame outside the DSL's own folder. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CallSite } from "./types.ts";

/** The DSL's folder: its frames are never a call site, and its modules are never part of a bundle. */
export const dslFolder = path.resolve(import.meta.dirname, "..");

/** At a frame's end, in parentheses or bare: a file URL, a path, or a path with a drive letter; then line and column. */
const frame = /(?:\(|\bat (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\).*):(\d+):(\d+)\)?$/;

const windowsUrl = /^file:\/\/(?:\/[A-Za-z]:|[^/])/;

function asPath(location: string): string {
  const bare = location.replace(/\?.*$/, "");
  return bare.startsWith("file:") ? fileURLToPath(bare, { windows: windowsUrl.test(bare) }) : bare;
}

/** The place that a line of `error.stack` names, or undefined for a line without a file (`node:internal`, native, eval). */
export function parseFrame(line: string): CallSite | undefined {
  const [, location, row, column] = frame.exec(line.trimEnd()) ?? [];
  if (location === undefined || line.includes("eval at ")) return undefined;
  return { file: asPath(location), line: Number(row), column: Number(column) };
}

export const isInside = (folder: string, file: string): boolean =>
  file.startsWith(folder + path.sep) || file === folder;

/** The first place of a stack outside `folder`; undefined when the stack never leaves it. */
export function firstFrameOutside(stack: string, folder: string): CallSite | undefined {
  return stack
    .split("\n")
    .map(parseFrame)
    .find((site) => site !== undefined && !isInside(folder, site.file));
}

/** The stack's depth that is looked through: steps are called from their program, a few DSL frames away. */
const depth = 100;

/** Where the DSL was called from. Node's type stripping keeps positions, so they are those of the TypeScript source. */
export function callSite(): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const stack = new Error("call site").stack ?? "";
  Error.stackTraceLimit = limit;
  const site = firstFrameOutside(stack, dslFolder);
  if (site === undefined) {
    throw new Error(`no frame of this stack is outside ${dslFolder}, so the step's source can't be found:\n${stack}`);
  }
  return site;
}
