/**
 * Turns the handlers of inline Lambda steps into bundles: found in the source at the step's call, cut out with what they
 * reach, and bundled by esbuild. Nothing of the running program is serialised, so captured module-level code runs again
 * when the Lambda starts; what that would change silently is refused.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { build, type Output } from "./esbuild.ts";
import { followed } from "./found_function.ts";
import { planExported, planInline, problem, type Plan } from "./plan.ts";
import { BundleError, type BundleProblem } from "./problems.ts";
import { differentFunction } from "./same_function.ts";
import { position, relativePath, sourceModule } from "./source_module.ts";
import type { BundleOptions, BundleRequest, LambdaBundle } from "./types.ts";

export { callSite } from "./call_site.ts";
export { BundleError, type BundleProblem, type ProblemCode } from "./problems.ts";
export type { BundleOptions, BundleRequest, CallSite, LambdaBundle } from "./types.ts";

interface Built {
  readonly bundle: LambdaBundle;
  readonly problems: readonly BundleProblem[];
}

async function finish({ step, target, at, passed }: Plan, output: Output): Promise<Built> {
  const found = followed(target, output.entry, (file) => output.inputs.get(file));
  const node = found.kind === "elsewhere" ? at : found.node;
  const differences = found.kind === "function" && passed ? await differentFunction(found.node, passed) : [];
  const source = { file: relativePath(node.getSourceFile().fileName), line: position(node.getSourceFile(), node).line };
  const sha256 = createHash("sha256").update(output.code).digest("hex");
  return {
    bundle: { code: output.code, map: output.map, sha256, source },
    problems: differences.map((each) => problem(step, each)),
  };
}

async function buildPlans(plans: readonly Plan[], options: BundleOptions): Promise<Built[]> {
  const built = await build(
    plans.map(({ entry }) => entry),
    options,
  );
  if ("messages" in built) throw new Error(built.messages.map(({ text }) => text).join("\n"));
  return Promise.all(
    plans.map((plan, index) => {
      const output = built.outputs[index];
      if (output === undefined) throw new Error(`esbuild returned no output for the Lambda "${plan.step}"`);
      return finish(plan, output);
    }),
  );
}

function withoutProblems(built: readonly Built[], others: readonly BundleProblem[]): LambdaBundle[] {
  const problems = [...others, ...built.flatMap((each) => each.problems)];
  if (problems.length > 0) throw new BundleError(problems);
  return built.map(({ bundle }) => bundle);
}

/**
 * Bundles the handlers of inline Lambda steps, in the order of the requests.
 * @throws {BundleError} naming every step, variable and place that can't be bundled
 */
export async function bundleLambdas(
  requests: readonly BundleRequest[],
  options: BundleOptions = {},
): Promise<LambdaBundle[]> {
  const planned = requests.map(planInline);
  const plans = planned.flatMap((each) => ("plan" in each ? [each.plan] : []));
  const problems = planned.flatMap((each) => ("problems" in each ? each.problems : []));
  return withoutProblems(await buildPlans(plans, options), problems);
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
  const plan = planExported(sourceModule(path.resolve(file)), exportName);
  const [bundle] = withoutProblems(await buildPlans([plan], options), []);
  if (bundle === undefined) throw new Error(`${file} gave no bundle`);
  return bundle;
}
