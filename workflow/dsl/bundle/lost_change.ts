/**
 * A captured constant is built anew in the Lambda. If code outside the bundle changes it at deployment (`map.set()` in an
 * `init()`, `Object.assign(captured, …)`), that change would be lost without a word, so every such place is found here.
 */
import type { Capture } from "./capture.ts";
import { mayChange } from "./changes.ts";
import { forEachName, statementsAtDeployment } from "./deployment_code.ts";
import { symbolOf } from "./names.ts";
import type { Finding } from "./problems.ts";
import type { SourceModule } from "./source_module.ts";

export function lostChanges(module: SourceModule, { statements, symbols }: Capture): Finding[] {
  const findings: Finding[] = [];
  for (const statement of statementsAtDeployment(module)) {
    if (statements.has(statement)) continue;
    forEachName(statement, (id) => {
      const symbol = symbolOf(module, id);
      if (symbol === undefined || !symbols.has(symbol) || !mayChange(module, id)) return;
      const message = `the captured \`${id.text}\` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build \`${id.text}\` in one expression, or give this code a copy (structuredClone).`;
      findings.push({ code: "lost-change", node: id, message });
    });
  }
  return findings;
}
