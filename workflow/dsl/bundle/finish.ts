/** From planned Lambdas to bundles: one build for all of them, then the checks that need to know what was bundled. */
import { createHash } from "node:crypto";
import { awsCalls } from "./aws_calls.ts";
import { build, type BuildMessage, type Output } from "./esbuild.ts";
import { followed, type FoundFunction } from "./found_function.ts";
import { helperFindings } from "./helper_modules.ts";
import { problem, type Plan } from "./plan.ts";
import type { BundleProblem, Finding, ProblemCode } from "./problems.ts";
import { differentFunction } from "./same_function.ts";
import { position, relativePath } from "./source_module.ts";
import type { BundleOptions, LambdaBundle } from "./types.ts";
import { topLevelAwait, unfit } from "./unavailable.ts";

interface Finished {
  readonly bundles: LambdaBundle[];
  readonly problems: readonly BundleProblem[];
}

async function functionFindings(found: FoundFunction, { target, passed }: Plan): Promise<Finding[]> {
  const differences = passed === undefined ? [] : await differentFunction(found, passed);
  return target.kind === "elsewhere" ? [...unfit(found), ...differences] : differences;
}

const missingExport = ({ step, at, target }: Plan): Finding => {
  const name = target.kind === "elsewhere" ? target.name : step;
  const message = `the module exports no \`${name}\`. Export the handler under that name.`;
  return { code: "missing-export", node: at, message };
};

async function finishedOne(plan: Plan, output: Output): Promise<Finished> {
  const found = followed(plan.target, output.entry, (file) => output.inputs.get(file));
  const node = found === undefined || found.kind === "elsewhere" ? plan.at : found.node;
  const source = node.getSourceFile();
  const bundle: LambdaBundle = {
    code: output.code,
    map: output.map,
    sha256: createHash("sha256").update(output.code).digest("hex"),
    calls: awsCalls(output.inputs),
    source: { file: relativePath(source.fileName), line: position(source, node).line },
  };
  const findings = [
    ...(found === undefined ? [missingExport(plan)] : []),
    ...(found?.kind === "function" ? await functionFindings(found.node, plan) : []),
    ...helperFindings(plan, output),
  ];
  return { bundles: [bundle], problems: findings.map((each) => problem(plan.step, each)) };
}

/** What esbuild's own messages are called here, and what to do about them. */
const known: readonly [RegExp, ProblemCode, (text: string) => string][] = [
  [/^Top-level await/, "top-level-await", () => topLevelAwait],
  [
    /^Could not resolve "[^./]/,
    "esbuild",
    (text) =>
      `esbuild can't bundle this: ${text}. A package has to be installed; any other name needs \`paths\` in the nearest tsconfig.json, or \`imports\` in package.json.`,
  ],
  [/./, "esbuild", (text) => `esbuild can't bundle this: ${text}`],
];

function messageProblem({ step, at }: Plan, { text, file, line, column }: BuildMessage): BundleProblem {
  const [, code, say] = known.find(([pattern]) => pattern.test(text)) ?? [undefined, "esbuild" as const, String];
  const source = at.getSourceFile();
  const place =
    file === undefined
      ? { file: relativePath(source.fileName), ...position(source, at) }
      : { file: relativePath(file), line, column };
  return { code, step, message: say(text), ...place };
}

/** Plans of one call in a loop have one text: they are built once. */
const keyOf = ({ entry }: Plan): string => `${entry.file}\0${entry.contents}`;

async function alone(plan: Plan, options: BundleOptions): Promise<Finished> {
  const built = await build([plan.entry], options);
  if ("messages" in built) return { bundles: [], problems: built.messages.map((each) => messageProblem(plan, each)) };
  const [output] = built.outputs;
  const { bundles, problems } = output === undefined ? { bundles: [], problems: [] } : await finishedOne(plan, output);
  // Modules of the deployment are left empty, which esbuild then warns of.
  if (problems.some(({ code }) => code === "deployment-only")) return { bundles, problems };
  return { bundles, problems: [...problems, ...built.warnings.map((each) => messageProblem(plan, each))] };
}

/** Bundles every plan with one build. When esbuild complains, it doesn't say for whom: then each is built by itself. */
export async function finished(plans: readonly Plan[], options: BundleOptions): Promise<Finished> {
  const unique = [...new Map(plans.map((plan) => [keyOf(plan), plan])).values()];
  const built = await build(
    unique.map(({ entry }) => entry),
    options,
  );
  const complains = "messages" in built || built.warnings.length > 0;
  const outputs = new Map(complains ? [] : unique.map((plan, index) => [keyOf(plan), built.outputs[index]]));
  const all = await Promise.all(
    plans.map((plan) => {
      const output = outputs.get(keyOf(plan));
      return output === undefined ? alone(plan, options) : finishedOne(plan, output);
    }),
  );
  return { bundles: all.flatMap(({ bundles }) => bundles), problems: all.flatMap(({ problems }) => problems) };
}
