/** Declares a workflow. Nothing is compiled yet, and nothing needs an account. */
import type * as z from "zod";
import { callSite, type CallSite } from "./bundle/index.ts";
import type { Binding, Scope } from "./expression.ts";
import type { Flow, Yielded } from "./flow.ts";
import type { CheckBlock } from "./json_types.ts";
import type { StepOptions } from "./options.ts";
import { tokenArns } from "./permissions/kinds.ts";
import type { Problem } from "./problem.ts";
import type { Ref } from "./ref.ts";
import { referenceTo } from "./reference.ts";
import { placed, type Resources, type ResourceTree } from "./resources/index.ts";
import { lambdaToken, ownTokens, tokensIn } from "./tokens.ts";
import type { Block } from "./tree.ts";
import { written } from "./written.ts";
import type { Ended, LambdaRequest, Mark } from "./writer.ts";

declare const types: unique symbol;

/** A workflow that takes an `I` and yields an `O`. */
export interface Workflow<in I = never, out O = unknown> {
  readonly [types]?: (input: I) => O;
  readonly name: string;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly comment: string | undefined;
  readonly accept: StepOptions["accept"];
  /** The schema of the execution's input. */
  readonly input: z.ZodType;
  /** What its steps know the input by. */
  readonly inputBinding: Binding;
  readonly program: Block;
  readonly lambdas: readonly LambdaRequest[];
  /** The tokens that stand for something, such as `jobs.orders.arn`: its resources', its Lambdas' and its own. */
  readonly tokens: ReadonlySet<string>;
  /** What its steps use, as it was declared. */
  readonly resources: ResourceTree;
  /** What the tokens stand for, as ARNs of a made-up account. */
  readonly arns: ReadonlyMap<string, string>;
  /** Tries without a handler: their steps are in no block. */
  readonly openTries: readonly Mark[];
  /** What was wrong already when it was written. */
  readonly problems: readonly Problem[];
  readonly site: CallSite;
}

/** The input and the output of a workflow. */
export type InputOf<W> = W extends Workflow<infer I> ? I : never;
export type OutputOf<W> = W extends Workflow<never, infer O> ? O : never;

export interface WorkflowOptions<I extends z.ZodType, R extends ResourceTree> extends StepOptions {
  /** The execution's input. What it takes is the type of the input: Step Functions neither checks it nor fills in defaults. */
  readonly input: I;
  /** The whole execution's, in seconds. */
  readonly timeout?: number;
  /** What its steps use. @default nothing */
  readonly resources?: R;
}

/** A program that returns a Succeed has that one's output, or that of another. */
type Output<O> = [O] extends [Ended] ? unknown : Yielded<O>;

/** Writes a workflow. What `write` returns is the execution's output. */
export function workflow<I extends z.ZodType, const O, const R extends ResourceTree = Readonly<Record<string, never>>>(
  name: string,
  { input, timeout, comment, accept, resources }: WorkflowOptions<I, R>,
  write: CheckBlock<O> & ((flow: Flow, input: Ref<z.input<I>>, aws: Resources<R>) => O),
): Workflow<z.input<I>, Output<O>> {
  const site = callSite();
  const aws = placed<R>(resources);
  const scope: Scope = { outer: undefined, ownExecution: true };
  const inputBinding: Binding = { state: "the input", text: "$states.context.Execution.Input", scope, site };
  const { program, lambdas, openTries, problems } = written({ name, site }, scope, (flow) =>
    write(flow, referenceTo(inputBinding), aws),
  );
  return Object.freeze({
    name,
    timeout,
    comment,
    accept,
    input,
    inputBinding,
    program,
    lambdas,
    tokens: new Set([...tokensIn(aws), ...lambdas.map((lambda) => lambdaToken(lambda.name)), ...ownTokens]),
    resources: resources ?? {},
    arns: tokenArns(aws),
    openTries,
    problems,
    site,
  });
}
