/**
 * Makes the module of a Lambda from the module of its machine: what the handler doesn't reach becomes blanks, so that
 * every line and column, and with them every stack trace, stays that of the source.
 */
import ts from "typescript";
import type { Capture } from "./capture.ts";
import { edgeModule } from "./entries.ts";
import { schemaNames, type Handler, type SchemaName } from "./lambda_call.ts";
import type { SourceModule } from "./source_module.ts";

/** The bundle's own names, which no module of ours uses. */
const names = {
  edge: "$lambdaEdge",
  handler: "$lambdaHandler",
  input: "$lambdaInput",
  output: "$lambdaOutput",
  step: "$lambdaStep",
} as const;

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

const piece = (node: ts.Node, source: ts.SourceFile, before: string, after: string): Piece => ({
  start: node.getStart(source),
  end: node.end,
  before,
  after,
});

const nextToken = (source: ts.SourceFile, position: number): number =>
  position + (/^\s*/.exec(source.text.slice(position))?.[0].length ?? 0);

/** Puts text into blanks where it fits; only where it fits nowhere does the rest of that line move. */
function overlay(gap: string, text: string): string {
  const at = gap.lastIndexOf(" ".repeat(text.length));
  return text === "" || at < 0 ? gap + text : gap.slice(0, at) + text + gap.slice(at + text.length);
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");

/** What a step's Lambda is made of, as it is written in the step's call. */
export interface Parts {
  readonly handler: Handler;
  readonly schemas: ReadonlyMap<SchemaName, ts.Expression>;
}

export function assemble({ text, source }: SourceModule, { handler, schemas }: Parts, capture: Capture): string {
  const own: readonly (readonly [string, ts.Expression])[] = [
    [names.handler, handler],
    ...[...schemas].map(([name, schema]) => [names[name], schema] as const),
  ];
  // Each part is a function of no arguments, called once the whole module has run, as its machine's program was.
  // Literals of the enclosing functions get a scope of their own, where they may shadow the module's names as before.
  const block = [
    ...[...capture.hoisted].map((each) => piece(each, source, "const ", ";")),
    ...own.map(([name, part]) => piece(part, source, `${name}=()=>(`, ");")),
  ].sort((a, b) => a.start - b.start);
  const [first, last] = [block[0], block.at(-1)];
  const pieces = [
    ...[...capture.statements].map((each) => statementPieces(each, source)),
    ...block.map((each) => ({
      ...each,
      before: each === first ? `;{${each.before}` : each.before,
      after: each === last ? `${each.after}}` : each.after,
    })),
  ].sort((a, b) => a.start - b.start);

  let assembled = "";
  let done = 0;
  for (const { start, end, before, after } of pieces) {
    assembled += overlay(blank(text.slice(done, start)), before) + text.slice(start, end) + after;
    done = end;
  }
  const args = (["handler", ...schemaNames] as const).map((name) =>
    name === "handler" || schemas.has(name) ? `${names[name]}()` : "undefined",
  );
  return [
    assembled,
    `var ${own.map(([name]) => name).join(", ")};`,
    `import { edge as ${names.edge} } from "${edgeModule}";`,
    `const ${names.step} = ${names.edge}(${args.join(", ")});`,
    `export { ${names.step} as handler };`,
    "",
  ].join("\n");
}
