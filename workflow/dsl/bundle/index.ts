/**
 * Turns the handlers of inline Lambda steps into bundles: found in the source at the step's call, cut out with what they
 * reach, and bundled by esbuild. Nothing of the running program is serialised, so captured module-level code runs again
 * when the Lambda starts; what that would change silently is refused. Only what the handler reaches by name comes along:
 * a bare `import "./setup.ts"` of the machine's file does not, one of a helper module does.
 */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { finished } from "./finish.ts";
import { planExported, planInline, type Plan } from "./plan.ts";
import { BundleError, type BundleProblem } from "./problems.ts";
import { programOf, type Program } from "./program.ts";
import type { BundleOptions, BundleRequest, LambdaBundle } from "./types.ts";

export type { AwsCalls } from "./aws_calls.ts";
export { callSite, siteOfCallInto } from "./call_site.ts";
export { BundleError, type BundleProblem, type ProblemCode } from "./problems.ts";
export type { BundleOptions, BundleRequest, CallSite, LambdaBundle } from "./types.ts";

async function bundled(
  plans: readonly Plan[],
  refused: readonly BundleProblem[],
  options: BundleOptions,
): Promise<LambdaBundle[]> {
  const { bundles, problems } = await finished(plans, options);
  if (refused.length + problems.length > 0) throw new BundleError([...refused, ...problems]);
  return bundles;
}

/**
 * Bundles the handlers of inline Lambda steps, in the order of the requests.
 * @throws {BundleError} naming every step, variable and place that can't be bundled
 */
export async function bundleLambdas(
  requests: readonly BundleRequest[],
  options: BundleOptions = {},
): Promise<LambdaBundle[]> {
  const known = new Map<string, Program>();
  const programs = (file: string): Program => {
    const program = known.get(file) ?? programOf(file);
    known.set(file, program);
    return program;
  };
  const planned = requests.map((request) => planInline(request, programs));
  const plans = planned.flatMap((each) => ("plan" in each ? [each.plan] : []));
  const problems = planned.flatMap((each) => ("problems" in each ? each.problems : []));
  return bundled(plans, problems, options);
}

/**
 * Bundles a handler that a module exports, for a Lambda outside any machine; the same checks.
 * @param file absolute path or file URL of the module
 * @throws {BundleError}
 */
export async function bundleHandler(
  file: string,
  exportName: string,
  options: BundleOptions = {},
): Promise<LambdaBundle> {
  const program = programOf(realpathSync(file.startsWith("file:") ? fileURLToPath(file) : file));
  const plan = planExported(program, exportName);
  const [bundle] = await bundled([plan], [], options);
  if (bundle === undefined) throw new Error(`${file} gave no bundle`);
  return bundle;
}
