/** Where a step is written: the first stack frame outside the DSL's own folder. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CallSite } from "./types.ts";

/** The DSL's folder: its frames are never a call site, and its modules are never part of a bundle. */
export const dslFolder = path.resolve(import.meta.dirname, "..");

/** At a frame's end, in parentheses or bare: a file URL, a path, or a path with a drive letter; then line and column. */
const frame = /(?:\(|\bat (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\).*):(\d+):(\d+)\)?$/;

const windowsUrl = /^file:\/\/(?:\/[A-Za-z]:|[^/])/;

const paths = new Map<string, string>();

function asPath(location: string): string {
  const known = paths.get(location);
  if (known !== undefined) return known;
  const bare = location.replace(/\?.*$/, "");
  const path = bare.startsWith("file:") ? fileURLToPath(bare, { windows: windowsUrl.test(bare) }) : bare;
  paths.set(location, path);
  return path;
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
  for (const line of stack.split("\n")) {
    const site = parseFrame(line);
    if (site !== undefined && !isInside(folder, site.file)) return site;
  }
  return undefined;
}

const firstFrame = (stack: string): CallSite | undefined =>
  stack.split("\n").flatMap((line) => parseFrame(line) ?? [])[0];

let namedFolder: string | undefined;

/** The DSL's folder as stack traces name it, which is another than its own where a source map leads from this very file. */
const folderInStacks = (): string =>
  (namedFolder ??= path.resolve(path.dirname(firstFrame(stackOf(1))?.file ?? import.meta.filename), ".."));

/** Where the program called the DSL, for an error that the DSL's own code threw; undefined for any other. */
export function siteOfCallInto({ stack = "" }: Error): CallSite | undefined {
  const folder = folderInStacks();
  const first = firstFrame(stack);
  return first !== undefined && isInside(folder, first.file) ? firstFrameOutside(stack, folder) : undefined;
}

/** Depths to which a stack is looked through: a program is a few frames away, and V8 takes its time for each frame. */
const depths = [5, 100];

/** The innermost frames of the stack, from the caller's own on. */
function stackOf(depth: number): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, stackOf);
  Error.stackTraceLimit = limit;
  return at.stack ?? "";
}

/** Where the DSL was called from. Node's type stripping keeps positions, so they are those of the TypeScript source. */
export function callSite(): CallSite {
  for (const depth of depths) {
    const stack = stackOf(depth);
    const site = firstFrameOutside(stack, folderInStacks());
    if (site !== undefined) return site;
  }
  throw new Error(
    `no frame of this stack is outside ${dslFolder}, so the step's source can't be found:\n${stackOf(Infinity)}`,
  );
}
