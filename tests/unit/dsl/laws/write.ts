/** A made-up program as a workflow. */
import { GetCrawlerCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import {
  add,
  eq,
  type Flow,
  itemsOf,
  jsonata,
  type Ref,
  type RefBase,
  sdk,
  toNumber,
  withDefault,
  workflow,
  type Workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError, type Json, type TaskHandler } from "../../../../workflow/simulator/index.ts";
import {
  ends,
  evaluationError,
  none,
  seenAt,
  type Body,
  type Broken,
  type Items,
  type Step,
  type Term,
} from "./program.ts";

type Seen = readonly RefBase<unknown>[];

interface Written {
  readonly made: Workflow;
  /** What its tasks give. */
  readonly tasks: Readonly<Record<string, TaskHandler>>;
  /** The steps whose values anything in it uses. */
  readonly used: ReadonlySet<Step>;
}

/** What a made-up program runs with: whatever is broken takes it for a number. */
export const given = { text: "no number" };

/**
 * The program as a workflow.
 * @param names of its first steps, instead of those that tell what they do
 */
export function written(program: Body, names: readonly string[] = []): Written {
  const tasks = new Map<string, TaskHandler>();
  const used = new Set<Step>();
  const made = workflow("made up", { input: z.object({ text: z.string() }) }, (flow, { text }) =>
    new Writer({ text, tasks, used, names: [...names] }).body(flow, program, []),
  );
  return { made, tasks: Object.fromEntries(tasks), used };
}

interface Bench {
  /** A text of the input that is no number. */
  readonly text: Ref<string>;
  readonly tasks: Map<string, TaskHandler>;
  readonly used: Set<Step>;
  readonly names: string[];
}

class Writer {
  readonly #bench: Bench;
  /** The step that each reference is the value of. */
  readonly #steps = new Map<unknown, Step>();
  #count = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  body(flow: Flow, { steps, value, fails }: Body, outer: Seen): RefBase<unknown> {
    const seen: RefBase<unknown>[] = [...outer];
    for (const step of steps) {
      const result = this.#step(flow, step, seen);
      this.#steps.set(result, step);
      seen.push(result);
      if (ends(step)) return constant(none);
    }
    if (fails === null) return this.#write(value, seen);
    const cause = this.#broken({ is: "broken", of: "input" }) as RefBase<string>;
    flow.fail(this.#named("fail"), fails === evaluationError ? { error: "Mine", cause } : { error: fails });
    return constant(none);
  }

  #named(kind: string): string {
    this.#count += 1;
    return this.#bench.names.shift() ?? `${kind} ${this.#count}`;
  }

  #task(flow: Flow, give: TaskHandler, maxAttempts = 0, payload = constant("any")): RefBase<unknown> {
    const name = this.#named("task");
    this.#bench.tasks.set(name, give);
    const call = sdk(
      GetCrawlerCommand,
      { Name: payload as RefBase<string> },
      "arn:aws:glue:eu-central-1:1:crawler/any",
    );
    return flow.task(name, call, { retry: maxAttempts === 0 ? [] : [{ errors: ["Busy"], maxAttempts }] });
  }

  #step(flow: Flow, step: Step, seen: Seen): RefBase<unknown> {
    const inside =
      (body: Body, ...more: Seen) =>
      (inner: Flow) =>
        this.body(inner, body, [...seen, ...more]);
    const arrayOf = (items: Items): RefBase<readonly RefBase<unknown>[]> =>
      ("is" in items ? this.#broken(items) : flow.let(this.#named("items"), items.map(constant))) as RefBase<
        readonly RefBase<unknown>[]
      >;
    switch (step.does) {
      case "let":
        return flow.let(this.#named("let"), this.#write(step.value, seen));
      case "task":
        return this.#task(flow, () => step.gives);
      case "tell":
        return this.#task(flow, () => step.gives, 0, this.#write(step.payload, seen));
      case "wait":
        flow.wait(
          this.#named("wait"),
          typeof step.seconds === "number" ? step.seconds : (this.#broken(step.seconds) as RefBase<number>),
        );
        return constant(none);
      case "busy":
        return this.#task(
          flow,
          (_, { retryCount }) => {
            if (retryCount < step.times) throw new TaskError("Busy", "later");
            return step.gives;
          },
          step.retries,
        );
      case "break":
        return this.#task(flow, () => {
          throw new TaskError(step.error, "broken");
        });
      case "if": {
        const one: RefBase<unknown> = flow.let(this.#named("compared"), this.#write(step.one, seen));
        const isSame = eq(one, this.#write(step.other, seen));
        return flow.if(this.#named("if"), isSame, inside(step.then), inside(step.otherwise));
      }
      case "known":
        return flow.if(this.#named("if"), step.condition, inside(step.then), inside(step.otherwise));
      case "choose": {
        const ways = Object.entries(step.ways).map(([value, body]) => [value, inside(body)] as const);
        const on: RefBase<string> = flow.let(this.#named("on"), step.on);
        return flow.choose(this.#named("choose"), on, Object.fromEntries(ways));
      }
      case "parallel": {
        const branches = Object.entries(step.branches).map(([name, each]) => [name, inside(each)] as const);
        return flow.parallel(this.#named("parallel"), Object.fromEntries(branches));
      }
      case "map":
        return flow.map(this.#named("map"), arrayOf(step.items), { maxConcurrency: 2 }, (inner, item) =>
          this.body(inner, step.body, [...seen, item]),
        );
      case "children": {
        const items = itemsOf(arrayOf(step.items));
        const options = { maxConcurrency: 2, ...(step.batch === 0 ? {} : { batch: { items: step.batch } }) };
        return flow.distributedMap(this.#named("children"), items, options, (inner, input) =>
          this.body(inner, step.body, [...seen, input]),
        );
      }
      case "repeat":
        return flow.repeat(
          this.#named("repeat"),
          { n: 0, value: this.#write(step.from, seen) },
          { atMost: step.atMost },
          (inner, state) => ({ n: add(state.n, 1), value: this.body(inner, step.body, [...seen, state.value]) }),
          (state) => eq(state.n, step.rounds),
        );
      case "poll": {
        const ask = (inner: Flow): ReturnType<Flow["let"]> => this.#task(inner, () => step.gives) as never;
        return flow.poll(this.#named("poll"), { every: 5, atMost: 2 }, ask, (answer) =>
          eq<unknown>(answer, this.#write(step.until, seen)),
        );
      }
      case "try": {
        const retry = step.retries === 0 ? [] : [{ errors: ["Mine"], maxAttempts: step.retries }];
        const body = flow.try(this.#named("try"), inside(step.body), { retry });
        const [last, ...before] = [...step.handlers].reverse();
        const handled = before
          .reverse()
          .reduce(
            (each, { errors, body }) => each.on(errors, (inner, error) => inside(body, error.Error)(inner)),
            body,
          );
        if (last === undefined) throw new Error("a try has a handler at least");
        return handled.catch(last.errors, (inner, error) => inside(last.body, error.Error)(inner));
      }
    }
  }

  #broken({ of }: Broken): RefBase<unknown> {
    return of === "constant" ? jsonata`$error("broken")` : toNumber(this.#bench.text);
  }

  /** A term as the surface takes it. What it holds is made up, so no type says more of it than that it is a value. */
  #write(term: Term, seen: Seen): RefBase<unknown> {
    const inner = (each: Term): unknown => {
      switch (each.is) {
        case "constant":
          return each.value;
        case "broken":
          return this.#broken(each);
        case "seen":
        case "or else": {
          const known = seenAt(seen, each.index);
          if (known === undefined) return none;
          const step = this.#steps.get(known);
          if (step !== undefined) this.#bench.used.add(step);
          return each.is === "seen" ? known : withDefault(known, this.#write(each.other, seen));
        }
        case "array":
          return each.items.map(inner);
        case "object":
          return Object.fromEntries(Object.entries(each.members).map(([name, member]) => [name, inner(member)]));
      }
    };
    return inner(term) as RefBase<unknown>;
  }
}

const constant = (value: Json): RefBase<unknown> => value as unknown as RefBase<unknown>;
