/** From a step's call to the module that becomes its bundle: find, capture, assemble, and say what stands in the way. */
import ts from "typescript";
import { assemble } from "./assemble.ts";
import { capture } from "./capture.ts";
import { coldStartReads } from "./cold_start.ts";
import type { Entry } from "./entries.ts";
import { handlerTarget, type Target } from "./found_function.ts";
import { findCall, handlerOf, schemaNames, schemaOf, type LambdaCall, type SchemaName } from "./lambda_call.ts";
import { lostChanges } from "./lost_change.ts";
import { commonJs, missingSource } from "./machine_file.ts";
import { bundledCode } from "./bundled_code.ts";
import type { BundleProblem, Finding } from "./problems.ts";
import type { Program } from "./program.ts";
import { position, relativePath } from "./source_module.ts";
import { unavailable, unfit } from "./unavailable.ts";
import type { BundleRequest } from "./types.ts";

/** A Lambda before it is bundled. */
export interface Plan {
  readonly step: string;
  /** The modules of ours that the handler's file is part of. */
  readonly program: Program;
  readonly entry: Entry;
  /** Whether the entry re-exports its file, rather than holding a part of it. */
  readonly exported: boolean;
  /** The function that is bundled, as far as its own module tells. */
  readonly target: Target;
  /** What names the handler where it is passed or exported: problems of a handler elsewhere point here. */
  readonly at: ts.Node;
  readonly passed: BundleRequest["handler"] | undefined;
}

export type Planned = { readonly plan: Plan } | { readonly problems: readonly BundleProblem[] };

export function problem(step: string, { code, node, message }: Finding): BundleProblem {
  const source = node.getSourceFile();
  return { code, step, message, file: relativePath(source.fileName), ...position(source, node) };
}

const isFinding = (value: object): value is Finding => "code" in value && "message" in value;

/** The schemas that were passed, where the call has them written. */
function schemasOf(call: LambdaCall, request: BundleRequest): ReadonlyMap<SchemaName, ts.Expression> | Finding {
  const schemas = new Map<SchemaName, ts.Expression>();
  for (const name of schemaNames) {
    if (request[name] === undefined) continue;
    const schema = schemaOf(call, name);
    if (schema === undefined) {
      const message = `the schema \`${name}\` can't be found in this call. Write it in the step's options themselves: { ${name}: … }, with the schema in place or by its name.`;
      return { code: "schema-form", node: call.arguments[3] ?? call, message };
    }
    schemas.set(name, schema);
  }
  return schemas;
}

/** @param programs the program of each machine's file */
export function planInline(request: BundleRequest, programs: (file: string) => Program): Planned {
  const { name, site, handler: passed } = request;
  const missing = missingSource(name, site);
  if (missing !== undefined) return { problems: [missing] };
  const program = programs(site.file);
  const module = program.machine;
  const refused = (...findings: Finding[]): Planned => ({ problems: findings.map((each) => problem(name, each)) });
  const unfollowed = commonJs(module);
  if (unfollowed !== undefined) return refused(unfollowed);
  const call = findCall(module, name, site);
  if (isFinding(call)) return refused(call);
  const handler = handlerOf(call);
  if (isFinding(handler)) return refused(handler);
  const schemas = schemasOf(call, request);
  if (isFinding(schemas)) return refused(schemas);
  const written = [...schemas.values()];
  const captured = capture(module, [handler, ...written]);
  const target = handlerTarget(module, handler);
  const parts = [...(ts.isIdentifier(handler) ? [] : [handler]), ...written, ...captured.statements];
  const findings = [
    ...(target.kind === "function" ? unfit(target.node) : []),
    ...captured.findings,
    ...unavailable(module, parts),
    // Schemas are made when the Lambda starts, as what is captured is.
    ...coldStartReads(program, [...written, ...captured.statements]),
    ...lostChanges(program, bundledCode(program, [handler, ...written], captured)),
  ];
  if (findings.length > 0) return refused(...findings);
  const contents = assemble(module, { handler, schemas }, captured);
  const entry = { file: site.file, contents, modules: [...program.modules.keys()] };
  return { plan: { step: name, program, entry, exported: false, target, at: handler, passed } };
}

/** A handler that a module exports, outside any machine. */
export function planExported(program: Program, name: string): Plan {
  const { machine: module } = program;
  const specifier = `./${module.file.split(/[\\/]/).pop() ?? ""}`;
  const exportedName = JSON.stringify(name);
  const contents = `export { ${exportedName} as handler } from ${JSON.stringify(specifier)};\n`;
  const target: Target = { kind: "elsewhere", specifier, name };
  return {
    step: name,
    program,
    entry: { file: module.file, contents, modules: [...program.modules.keys()] },
    exported: true,
    target,
    at: module.source,
    passed: undefined,
  };
}
