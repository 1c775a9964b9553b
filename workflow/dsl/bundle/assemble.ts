/**
 * Makes the module of a Lambda from the module of its machine: what the handler doesn't reach becomes blanks, so that
 * every line and column, and with them every stack trace, stays that of the source.
 */
import ts from "typescript";
import type { Capture } from "./capture.ts";
import type { Handler } from "./lambda_call.ts";
import type { SourceModule } from "./source_module.ts";

/** The bundle's own name for the handler, which no module of ours uses. */
const entry = "$lambdaHandler";

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** A kept statement from its first token on, without `export` and `default`: the bundle exports the handler alone. */
function statementPieces(statement: ts.Node, source: ts.SourceFile): Piece {
  const exported = (ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []).filter(
    ({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword,
  );
  const start = exported.reduce((_, modifier) => nextToken(source, modifier.end), statement.getStart(source));
  return { start, end: statement.end, before: "", after: "" };
}

const nextToken = (source: ts.SourceFile, position: number): number =>
  position + (/^\s*/.exec(source.text.slice(position))?.[0].length ?? 0);

/** Puts text into blanks where it fits; only where it fits nowhere does the rest of that line move. */
function overlay(gap: string, text: string): string {
  const at = gap.lastIndexOf(" ".repeat(text.length));
  return text === "" || at < 0 ? gap + text : gap.slice(0, at) + text + gap.slice(at + text.length);
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");

export function assemble({ text, source }: SourceModule, handler: Handler, capture: Capture): string {
  const literals = [...capture.hoisted].sort((a, b) => a.pos - b.pos);
  const named = ts.isIdentifier(handler);
  const pieces: Piece[] = [...capture.statements].map((each) => statementPieces(each, source));
  // Literals of the enclosing functions get a scope of their own, where they may shadow the module's names as before.
  literals.forEach((each, index) => {
    const before = index === 0 ? `const ${entry} = (() => { const ` : "; const ";
    pieces.push({ start: each.getStart(source), end: each.end, before, after: "" });
  });
  if (!named) {
    const [before, after] = literals.length > 0 ? ["; return (", "); })();"] : [`const ${entry} = (`, ");"];
    pieces.push({ start: handler.getStart(source), end: handler.end, before, after });
  }
  pieces.sort((a, b) => a.start - b.start);

  let assembled = "";
  let done = 0;
  for (const { start, end, before, after } of pieces) {
    assembled += overlay(blank(text.slice(done, start)), before) + text.slice(start, end) + after;
    done = end;
  }
  return `${assembled}\nexport { ${named ? handler.text : entry} as handler };\n`;
}
