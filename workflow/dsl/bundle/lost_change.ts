/**
 * What a Lambda captures is built anew when it starts. If code outside the bundle changes it at deployment (`map.set()` in
 * an `init()`, `Object.assign(captured, …)`), that change would be lost without a word, so every such place is found here.
 * A captured object is followed through names, parts, copies, loops and functions of our own, in all modules of ours;
 * where it is written to, or given to code that nothing is known of, is such a place.
 */
import type ts from "typescript";
import type { BundledCode } from "./bundled_code.ts";
import { outsideReferences, type OutsideReference } from "./deployment_code.ts";
import { symbolOf } from "./names.ts";
import type { Finding } from "./problems.ts";
import { moduleOf, resolved, type Program } from "./program.ts";
import { isModule } from "./references.ts";
import { lineOf, relativePath } from "./source_module.ts";
import { followFrom } from "./value_flow.ts";
import { isStateful, kindOf } from "./value_types.ts";
import { isWritten } from "./written.ts";

/** A name that stands for something captured, or for what holds it. */
interface Holder {
  readonly symbol: ts.Symbol;
  readonly captured: ts.Symbol;
  readonly depth: number;
}

export function lostChanges(program: Program, bundled: BundledCode): Finding[] {
  if (bundled.symbols.size === 0) return [];
  const found = new Map<ts.Node, Finding>();
  const references = bySymbol(outsideReferences(program, bundled));
  const depths = new Map<ts.Symbol, Map<ts.Symbol, number>>();
  const holders: Holder[] = [];

  const hold = (symbol: ts.Symbol, captured: ts.Symbol, depth: number): void => {
    const known = depths.get(captured) ?? new Map<ts.Symbol, number>();
    depths.set(captured, known);
    if ((known.get(symbol) ?? Infinity) <= depth) return;
    known.set(symbol, depth);
    holders.push({ symbol, captured, depth });
  };

  const use = (reference: OutsideReference, { symbol, captured, depth }: Holder): void => {
    const { node } = reference;
    const name = bundled.symbols.get(captured) ?? captured.name;
    const change = (advice: string): void => {
      if (!found.has(node)) found.set(node, finding(reference, symbol === captured ? undefined : name, advice));
    };
    const kind = kindOf(program, captured);
    if (symbol === captured && isWritten(node))
      change(`Make \`${node.getText()}\` a \`const\`, or pass its value in the payload.`);
    else if (kind !== undefined) {
      const copy = `Build \`${name}\` in one expression, or give this code a copy (structuredClone).`;
      const flow = {
        program,
        kind,
        origin: node,
        methods: new Set<ts.Node>(),
        changed: () => {
          change(copy);
        },
        holds: (name: ts.Identifier, at: number) => {
          const module = moduleOf(program, name);
          const held = module && symbolOf(module, name);
          if (held !== undefined) hold(resolved(program, held), captured, at);
        },
      };
      if (symbol === captured && isStateful(program, captured, node)) flow.changed();
      followFrom(flow, node, depth);
    }
  };

  for (const symbol of bundled.symbols.keys()) hold(symbol, symbol, 0);
  for (const symbol of references.keys()) {
    if (!isModule(symbol)) continue;
    for (const each of program.machine.checker.getExportsOfModule(symbol)) {
      const exported = resolved(program, each);
      if (bundled.symbols.has(exported)) hold(symbol, exported, 1);
    }
  }
  for (const holder of holders) {
    for (const reference of references.get(holder.symbol) ?? []) use(reference, holder);
  }
  return [...found.values()];
}

function finding({ node, caller }: OutsideReference, captured: string | undefined, advice: string): Finding {
  const name = node.getText();
  const what =
    captured === undefined ? `\`${name}\` may be changed here` : `\`${captured}\` may be changed here as \`${name}\``;
  const who =
    caller === undefined
      ? "by code that is not part of the bundle"
      : `by code that is called outside the bundle too (${relativePath(caller.getSourceFile().fileName)}:${lineOf(caller)})`;
  const message = `the captured ${what}, ${who}, so the Lambda would not see the change. ${advice}`;
  return { code: "lost-change", node, message };
}

function bySymbol(references: readonly OutsideReference[]): ReadonlyMap<ts.Symbol, readonly OutsideReference[]> {
  const grouped = new Map<ts.Symbol, OutsideReference[]>();
  for (const each of references) {
    const known = grouped.get(each.symbol);
    if (known === undefined) grouped.set(each.symbol, [each]);
    else known.push(each);
  }
  return grouped;
}
