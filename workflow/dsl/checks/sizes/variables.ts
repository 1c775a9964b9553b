/** The variables of an execution: how many bytes they can have in all, where most of them are there at once. */
import { amount } from "../../amount.ts";
import type { Binding } from "../../expression.ts";
import { isGuarded } from "../../guard.ts";
import type { Block, MapNode, StepNode } from "../../tree.ts";
import { largestPayload, type Payloads } from "./payloads.ts";
import { knownBytes, type Shape } from "./shape.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: bytes of all variables of an execution. */
const most = 10 * 1024 * 1024;
/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const mostAtOnce = 40;

/** A variable, or those of iterations that run at once. */
interface Part {
  readonly name: string;
  readonly bytes: number;
}

const total = (parts: readonly Part[]): number => parts.reduce((all, { bytes }) => all + bytes, 0);
const larger = (one: readonly Part[], other: readonly Part[]): readonly Part[] =>
  total(other) > total(one) ? other : one;

/** What a block keeps until its scope ends, and what is there when most is. */
interface Usage {
  readonly kept: readonly Part[];
  readonly peak: readonly Part[];
}

/** A variable never has more than a payload. */
const bytesOf = (shape: Shape): number =>
  shape.kind === "told" ? largestPayload : Math.min(largestPayload, knownBytes(shape));

class Usages {
  readonly #shapes: Payloads["shapes"];
  readonly #items: Payloads["items"];
  readonly #used: ReadonlySet<Binding>;

  constructor({ shapes, items }: Payloads, used: ReadonlySet<Binding>) {
    this.#shapes = shapes;
    this.#items = items;
    this.#used = used;
  }

  #variables(...bindings: readonly Binding[]): Part[] {
    return bindings.flatMap((binding) => {
      const shape = this.#used.has(binding) ? this.#shapes.get(binding) : undefined;
      const bytes = shape === undefined ? 0 : bytesOf(shape);
      return bytes === 0 ? [] : [{ name: `"${binding.text.slice(1)}"`, bytes }];
    });
  }

  block({ steps }: Block, own: readonly Binding[] = []): Usage {
    const kept = this.#variables(...own);
    let peak: readonly Part[] = [...kept];
    for (const step of steps) {
      const { kept: added, peak: during } = this.#step(step);
      if (during.length > 0) peak = larger(peak, [...kept, ...during]);
      kept.push(...added);
      if (added.length > 0) peak = larger(peak, [...kept]);
    }
    return { kept, peak };
  }

  #step(step: StepNode): Usage {
    switch (step.kind) {
      case "task":
      case "pass":
        return { kept: this.#variables(step.result), peak: [] };
      case "choice":
        return this.#ways(step.result, [
          ...step.ways.map(({ block }) => this.block(block)),
          ...(step.otherwise === undefined ? [] : [this.block(step.otherwise)]),
        ]);
      case "try": {
        const body = this.block(step.body);
        const handlers = step.handlers.map(({ block }) => this.block(block));
        // A guarded body has a scope of its own.
        const inner = isGuarded(step) ? { kept: [], peak: body.peak } : body;
        const after = handlers.map(({ kept, peak }) => ({
          kept: [...inner.kept, ...kept],
          peak: [...inner.kept, ...peak],
        }));
        return this.#ways(step.result, [inner, ...after]);
      }
      case "parallel":
        return this.#inner(
          step.result,
          Object.values(step.branches).flatMap((each) => this.block(each).peak),
        );
      case "map":
        return this.#inner(step.result, this.#iterations(step));
      case "loop":
        return this.#inner(step.result, this.block(step.block, step.state && [step.state.binding]).peak);
      case "distributed-map":
        return this.#inner(step.result, []);
      case "wait":
      case "succeed":
      case "fail":
        return { kept: [], peak: [] };
    }
  }

  /** Ways in one scope, of which one is taken. */
  #ways(result: Binding, ways: readonly Usage[]): Usage {
    const kept = ways.map((way) => way.kept).reduce(larger, []);
    return { kept: [...kept, ...this.#variables(result)], peak: ways.map((way) => way.peak).reduce(larger, []) };
  }

  #inner(result: Binding, peak: readonly Part[]): Usage {
    return { kept: this.#variables(result), peak };
  }

  #iterations(step: MapNode): Part[] {
    const { name, item, index, maxConcurrency, block } = step;
    // 0 is as many as there can be.
    const wanted = typeof maxConcurrency === "number" && maxConcurrency > 0 ? maxConcurrency : mostAtOnce;
    const atOnce = Math.min(wanted, mostAtOnce, this.#items.get(name) ?? Infinity);
    const bytes = atOnce * total(this.block(block, [item, index]).peak);
    return bytes === 0 ? [] : [{ name: `${atOnce} iterations of "${name}" at once`, bytes }];
  }
}

/** How many of the largest are named. */
const named = 3;

/** What is wrong with the variables of an execution that runs the block; undefined where they fit. */
export function variablesPass(block: Block, payloads: Payloads, used: ReadonlySet<Binding>): string | undefined {
  const { peak } = new Usages(payloads, used).block(block);
  const bytes = total(peak);
  if (bytes <= most) return undefined;
  const largest = peak
    .toSorted((one, other) => other.bytes - one.bytes)
    .slice(0, named)
    .map((each) => `${each.name} with up to ${amount(each.bytes)} bytes`);
  return (
    `the variables of an execution can have up to ${amount(bytes)} bytes at once, and ${amount(most)} are allowed: the largest are ${largest.join(", ")}. ` +
    "Put data into S3 and keep its key, or use fewer iterations at once."
  );
}
