/**
 * Walks the program in its order, so that each step finds what those before it give, and tells of each value that can
 * pass what Step Functions carries. What is told of once is not told of again where it is passed on.
 */
import { amount } from "../../amount.ts";
import type { HandedDown } from "../../asl_value.ts";
import type { Binding } from "../../expression.ts";
import type { Block, DistributedMapNode, LoopNode, StepNode, TaskNode } from "../../tree.ts";
import type { Workflow } from "../../workflow.ts";
import { reference } from "../../reference.ts";
import { countOf, itemOf, itemsOf } from "./parts.ts";
import { reasonFor } from "./reason.ts";
import { shapeOfSchema } from "./schema.ts";
import { knownBytes, list, mostBytes, nothing, number, object, oneOf, told, unknown, type Shape } from "./shape.ts";
import { shapeOf } from "./value.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: bytes of a payload, and of a variable. */
export const largestPayload = 262_144;

/** A value that can be too large, of a step or of the workflow as a whole. */
export interface TooLarge {
  readonly at: Pick<StepNode, "name" | "site" | "accept">;
  readonly message: string;
}

export interface Payloads {
  readonly tooLarge: readonly TooLarge[];
  /** What each step gives, and each Map's item, as far as it is known. */
  readonly shapes: ReadonlyMap<Binding, Shape>;
  /** The most items of each Map for which there is a bound, by its name. */
  readonly items: ReadonlyMap<string, number>;
}

/** What the definition needs to know besides the program. */
export interface Written {
  /** The results that some step uses. */
  readonly used: ReadonlySet<Binding>;
  /** What the children of each distributed Map get of their parent. */
  readonly handedDown: ReadonlyMap<string, HandedDown>;
}

const advice = {
  pass: "Put it into S3 and pass its key, or narrow its schema.",
  input: "Put it into S3 and take its key, or narrow the schema.",
  iterations: "Yield less from each iteration, or put it into S3 and yield its key.",
  results: "Give the Map `results`, which writes them to S3.",
  batch: "Give `batch` fewer items, or `bytes`.",
};

class Walk {
  readonly tooLarge: TooLarge[] = [];
  readonly shapes = new Map<Binding, Shape>();
  readonly items = new Map<string, number>();
  readonly #written: Written;

  constructor(written: Written) {
    this.#written = written;
  }

  of(value: unknown): Shape {
    return shapeOf(value, (binding) => this.shapes.get(binding));
  }

  steps(steps: readonly StepNode[]): void {
    for (const step of steps) this.#step(step);
  }

  /** Tells of a value that can be too large, and gives what is to be known of it from here on. */
  check(shape: Shape, at: TooLarge["at"], what: string, todo = advice.pass): Shape {
    const bytes = knownBytes(shape);
    if (bytes <= largestPayload) return shape;
    const most = mostBytes(shape) === bytes ? `up to ${amount(bytes)} bytes` : `${amount(bytes)} bytes or more`;
    this.tooLarge.push({
      at,
      message: `${what} can have ${most}, and ${amount(largestPayload)} are allowed: ${reasonFor(shape)}. ${todo}`,
    });
    return told(shape, largestPayload);
  }

  /** What a block gives to its step. */
  #block({ steps, value, ends }: Block, result: Binding): Shape {
    this.steps(steps);
    if (ends) return nothing;
    // A value that nobody uses is not evaluated: the output of its last state is an empty object.
    return this.#written.used.has(result) ? this.of(value) : object([]);
  }

  #yields(result: Binding, shape: Shape): void {
    this.shapes.set(result, shape);
  }

  #step(step: StepNode): void {
    switch (step.kind) {
      case "task":
        this.#task(step);
        return;
      case "pass":
        this.#yields(step.result, this.check(this.of(step.value), step, "its value"));
        return;
      case "choice": {
        const ways = [
          ...step.ways.map(({ block }) => block),
          ...(step.otherwise === undefined ? [] : [step.otherwise]),
        ];
        this.#result(step, oneOf(ways.map((each) => this.#block(each, step.result))));
        return;
      }
      case "parallel": {
        const branches = Object.entries(step.branches);
        this.#result(step, object(branches.map(([key, each]) => [key, this.#block(each, step.result)])));
        return;
      }
      case "map": {
        const items = itemsOf(this.check(this.of(step.items), step, "Items"));
        const count = countOf(items);
        if (Number.isFinite(count)) this.items.set(step.name, count);
        this.#yields(step.item, itemOf(items));
        this.#yields(step.index, number);
        const item = this.#block(step.block, step.result);
        this.#result(step, list({ items: count, item }), advice.iterations);
        return;
      }
      case "distributed-map":
        this.#distributed(step);
        return;
      case "loop":
        this.#loop(step);
        return;
      case "try": {
        const blocks = [step.body, ...step.handlers.map(({ block }) => block)];
        this.#result(step, oneOf(blocks.map((each) => this.#block(each, step.result))));
        return;
      }
      case "succeed":
        if (step.output !== undefined) this.check(this.of(step.output), step, "Output");
        return;
      case "wait":
      case "fail":
        return;
    }
  }

  #result(step: StepNode & { readonly result: Binding }, shape: Shape, todo?: string): void {
    this.#yields(step.result, this.check(shape, step, "its result", todo));
  }

  #task(step: TaskNode): void {
    this.check(this.of(step.arguments), step, "Arguments");
    this.#result(step, step.schema === undefined ? unknown : shapeOfSchema(step.schema));
  }

  /** Its children's inputs, and what they yield together: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
  #distributed(step: DistributedMapNode): void {
    const { source, batch, writer } = step;
    const items =
      source.from === "array" ? itemsOf(this.check(this.of(source.items), step, "Items")) : itemsOf(unknown);
    const read = source.from === "s3" ? source.config.MaxItems : undefined;
    const count = Math.min(countOf(items), typeof read === "number" ? read : Infinity);
    const size = typeof batch?.items === "number" ? batch.items : Infinity;
    const item = itemOf(items);
    const batched = list({ items: batch?.bytes === undefined ? Math.min(count, size) : 1, item });
    const given: [string, Shape] = batch === undefined ? ["Item", item] : ["Items", batched];
    const handedDown = [...(this.#written.handedDown.get(step.name) ?? [])].map(
      ([name, expression]) => [name, this.of(reference(expression))] as const,
    );
    const more = handedDown.length === 0 ? [] : [["BatchInput", object([["Outer", object(handedDown)]])] as const];
    this.check(
      object([given, ...more]),
      step,
      "the input of a child execution",
      batch === undefined ? advice.pass : advice.batch,
    );
    this.#yields(step.input, batch === undefined ? item : list({ items: Math.min(count, size), item }));
    const one = this.#block(step.block, step.result);
    // Where bytes bound a batch, or a number that only the machine knows, it may have a single item.
    const children = batch?.bytes === undefined && Number.isFinite(size) ? Math.ceil(count / size) : count;
    if (writer === undefined) this.#result(step, list({ items: children, item: one }), advice.results);
  }

  /** A round's state may come from the round before: what is known of it is what holds whatever that gave. */
  #loop(step: LoopNode): void {
    const { state, block, result } = step;
    if (state === undefined) {
      this.#result(step, this.#block(block, result));
      return;
    }
    const from = this.check(this.of(state.from), step, "the state that its first round gets");
    const found = this.tooLarge.length;
    this.#yields(state.binding, unknown);
    this.#block(block, result);
    const after = this.of(block.value);
    this.tooLarge.length = found;
    this.#yields(state.binding, oneOf([from, after]));
    this.#block(block, result);
    const next = this.check(this.of(block.value), step, "the state that its next round gets");
    this.#yields(result, oneOf([from, next]));
  }
}

export function payloadsOf(workflow: Workflow, written: Written): Payloads {
  const walk = new Walk(written);
  const input = walk.check(shapeOfSchema(workflow.input), workflow, "the execution's input", advice.input);
  walk.shapes.set(workflow.inputBinding, input);
  const { steps, value, ends } = workflow.program;
  walk.steps(steps);
  if (!ends && value !== undefined) walk.check(walk.of(value), workflow, "the execution's output");
  return walk;
}
