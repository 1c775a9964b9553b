/** Whether the function found in the source is the one the running program passed: stacks and files can be out of step. */
import { transform, type TransformOptions } from "esbuild";
import ts from "typescript";
import type { FoundFunction } from "./found_function.ts";
import type { Finding } from "./problems.ts";

/**
 * One spelling for a function, however a loader has printed it: no types, comments, layout or needless syntax; with
 * `renamed`, its own names don't count either, which some loaders change where they hide others.
 */
async function normalised(text: string, renamed: boolean): Promise<string> {
  const options: TransformOptions = {
    loader: "ts",
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: renamed,
    logLevel: "silent",
  };
  // What isn't source, such as a bound function's `[native code]`, stays as it is, and so differs from any source.
  return transform(`x = (${text}\n)`, options).then(
    ({ code }) => code,
    () => text,
  );
}

/** The function's own text, without the modifiers of its module. */
function functionText(found: FoundFunction): string {
  const source = found.getSourceFile();
  const exported = found.modifiers?.findLast(
    ({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword,
  );
  return source.text.slice(exported?.end ?? found.getStart(source), found.end);
}

export async function differentFunction(found: FoundFunction, passed: BundleFunction): Promise<Finding[]> {
  const written = functionText(found);
  const spelled = (renamed: boolean): Promise<[string, string]> =>
    Promise.all([normalised(written, renamed), normalised(String(passed), renamed)]);
  const [inSource, running] = await spelled(false);
  if (inSource === running) return [];
  const [inSourceRenamed, runningRenamed] = await spelled(true);
  if (inSourceRenamed === runningRenamed) return [];
  const message = `the running program passed another function than the one written here:\n    here:    ${excerpt(inSource)}\n    running: ${excerpt(running)}\n  Pass the function itself, and run the program from this very file.`;
  return [{ code: "another-function", node: found, message }];
}

type BundleFunction = (...args: never) => unknown;

const excerpt = (code: string): string => {
  const text = /^x=\((.*)\);$/s.exec(code.trim())?.[1] ?? code.trim().replace(/^x=|;$/g, "");
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
};
