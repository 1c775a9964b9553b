/** A made-up program as a workflow. */
import { GetCrawlerCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import {
  add,
  eq,
  type Flow,
  itemsOf,
  type RefBase,
  sdk,
  withDefault,
  workflow,
  type Workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError, type Json, type TaskHandler } from "../../../../workflow/simulator/index.ts";
import { ends, none, seenAt, type Body, type Step, type Term } from "./program.ts";

type Seen = readonly RefBase<unknown>[];

/** The workflow, and what its tasks give. */
export function written(program: Body): {
  readonly made: Workflow;
  readonly tasks: Readonly<Record<string, TaskHandler>>;
} {
  const writer = new Writer();
  return {
    made: workflow("made up", { input: z.object({}) }, (flow) => writer.body(flow, program, [])),
    tasks: writer.tasks,
  };
}

class Writer {
  readonly tasks: Record<string, TaskHandler> = {};
  #count = 0;

  body(flow: Flow, { steps, value, fails }: Body, outer: Seen): RefBase<unknown> {
    const seen: RefBase<unknown>[] = [...outer];
    for (const step of steps) {
      seen.push(this.#step(flow, step, seen));
      if (ends(step)) return write(value, seen);
    }
    if (fails !== null) flow.fail(this.#named("fail"), { error: fails });
    return write(value, seen);
  }

  #named(kind: string): string {
    this.#count += 1;
    return `${kind} ${this.#count}`;
  }

  #task(flow: Flow, give: TaskHandler, maxAttempts = 0): RefBase<unknown> {
    const name = this.#named("task");
    this.tasks[name] = give;
    const call = sdk(GetCrawlerCommand, { Name: "any" }, "arn:aws:glue:eu-central-1:1:crawler/any");
    return flow.task(name, call, { retry: maxAttempts === 0 ? [] : [{ errors: ["Busy"], maxAttempts }] });
  }

  #step(flow: Flow, step: Step, seen: Seen): RefBase<unknown> {
    const inside =
      (body: Body, ...more: Seen) =>
      (inner: Flow) =>
        this.body(inner, body, [...seen, ...more]);
    const constant = (value: Json): RefBase<unknown> => write({ is: "constant", value }, []);
    const itemsLet = (items: readonly Json[]): RefBase<readonly RefBase<unknown>[]> =>
      flow.let(this.#named("items"), items.map(constant)) as RefBase<readonly RefBase<unknown>[]>;
    switch (step.does) {
      case "let":
        return flow.let(this.#named("let"), write(step.value, seen));
      case "task":
        return this.#task(flow, () => step.gives);
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
        const one: RefBase<unknown> = flow.let(this.#named("compared"), write(step.one, seen));
        return flow.if(this.#named("if"), eq(one, write(step.other, seen)), inside(step.then), inside(step.otherwise));
      }
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
        return flow.map(this.#named("map"), itemsLet(step.items), { maxConcurrency: 2 }, (inner, item) =>
          this.body(inner, step.body, [...seen, item]),
        );
      case "children": {
        const items = itemsOf(itemsLet(step.items));
        const options = { maxConcurrency: 2, ...(step.batch === 0 ? {} : { batch: { items: step.batch } }) };
        return flow.distributedMap(this.#named("children"), items, options, (inner, input) =>
          this.body(inner, step.body, [...seen, input]),
        );
      }
      case "repeat":
        return flow.repeat(
          this.#named("repeat"),
          { n: 0, value: write(step.from, seen) },
          { atMost: step.atMost },
          (inner, state) => ({ n: add(state.n, 1), value: this.body(inner, step.body, [...seen, state.value]) }),
          (state) => eq(state.n, step.rounds),
        );
      case "poll": {
        const ask = (inner: Flow): ReturnType<Flow["let"]> => this.#task(inner, () => step.gives) as never;
        return flow.poll(this.#named("poll"), { every: 5, atMost: 2 }, ask, (answer) =>
          eq<unknown>(answer, write({ is: "constant", value: step.until }, [])),
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
}

/** A term as the surface takes it. What it holds is made up, so no type says more of it than that it is a value. */
function write(term: Term, seen: Seen): RefBase<unknown> {
  const inner = (each: Term): unknown => {
    switch (each.is) {
      case "constant":
        return each.value;
      case "seen":
      case "or else": {
        const known = seenAt(seen, each.index);
        if (known === undefined) return none;
        return each.is === "seen" ? known : withDefault(known, write(each.other, seen));
      }
      case "array":
        return each.items.map(inner);
      case "object":
        return Object.fromEntries(Object.entries(each.members).map(([name, member]) => [name, inner(member)]));
    }
  };
  return inner(term) as RefBase<unknown>;
}
