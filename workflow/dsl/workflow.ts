/** Declares a workflow. Nothing is compiled yet, and nothing needs an account. */
import type * as z from "zod";
import { callSite, type CallSite } from "./bundle/index.ts";
import { Flow, type LambdaRequest } from "./flow.ts";
import type { Ref } from "./ref.ts";
import { referenceTo } from "./reference.ts";
import type { ResourceKind, Resources, ResourceTree } from "./resources.ts";
import { tokensIn } from "./render.ts";
import type { Block, StepNode } from "./tree.ts";

export interface Workflow {
  readonly name: string;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly comment: string | undefined;
  readonly program: Block;
  readonly lambdas: readonly LambdaRequest[];
  /** The tokens that its resources give, such as `jobs.orders.arn`. */
  readonly tokens: ReadonlySet<string>;
  /** Tries without a handler: their steps are in no block. */
  readonly openTries: readonly Pick<StepNode, "name" | "site">[];
  readonly site: CallSite;
}

interface WorkflowOptions<I extends z.ZodType, R extends ResourceTree> {
  /** The execution's input. */
  readonly input: I;
  /** The whole execution's, in seconds. */
  readonly timeout?: number;
  readonly comment?: string;
  readonly resources: R;
}

const isKind = (value: ResourceKind<unknown> | ResourceTree): value is ResourceKind<unknown> =>
  typeof value.at === "function";

function placed(tree: ResourceTree, prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name,
      isKind(value) ? value.at(`${prefix}${name}`) : placed(value, `${prefix}${name}.`),
    ]),
  );
}

export function workflow<I extends z.ZodType, const R extends ResourceTree>(
  name: string,
  { input: _, timeout, comment, resources }: WorkflowOptions<I, R>,
  write: (flow: Flow, input: Ref<z.infer<I>>, aws: Resources<R>) => unknown,
): Workflow {
  const site = callSite();
  const lambdas: LambdaRequest[] = [];
  const openTries = new Set<Pick<StepNode, "name" | "site">>();
  const aws = placed(resources, "");
  const program = Flow.program({ lambdas, openTries }, (flow, scope) =>
    write(
      flow,
      referenceTo({ state: "the input", text: "$states.context.Execution.Input", scope, site }),
      aws as Resources<R>,
    ),
  );
  return Object.freeze({
    name,
    timeout,
    comment,
    program,
    lambdas: Object.freeze(lambdas),
    tokens: tokensIn(aws),
    openTries: Object.freeze([...openTries]),
    site,
  });
}
