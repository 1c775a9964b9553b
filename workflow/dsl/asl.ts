/** The tree as Amazon States Language: https://states-language.net/, JSONata mode. */
import type { Problem } from "./problem.ts";
import type { Binding, Scope } from "./expression.ts";
import { print } from "./expression.ts";
import { expressionOf, isReference, referenceTo } from "./reference.ts";
import type { Block, ObjectsMapNode, Retry, StepNode } from "./tree.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type State = Record<string, Json>;

/** States of one States object, and where errors in them go. */
interface Level {
  readonly states: Record<string, State>;
  readonly catchers: readonly Json[];
  /** What a child execution needs of its parent: BatchInput's member → binding. */
  readonly handedDown: Map<string, Binding> | undefined;
}

const isWithin = (scope: Scope | undefined, outer: Scope): boolean =>
  scope !== undefined && (scope === outer || isWithin(scope.outer, outer));

/** Whether there is the border of a child execution between the reader and the scope. */
function crosses(reader: Scope, to: Scope): boolean {
  for (let scope: Scope | undefined = reader; scope !== undefined && scope !== to; scope = scope.outer)
    if (scope.ownExecution) return true;
  return false;
}

export class AslWriter {
  readonly problems: Problem[] = [];
  readonly #names = new Set<string>();
  /** The results that some step uses; the others are not assigned. */
  readonly used: ReadonlySet<Binding>;

  constructor(used: ReadonlySet<Binding>) {
    this.used = used;
  }

  /** The value of a field: references become expressions, all else stays as it is. */
  value(value: unknown, level: Level, reader: Scope, step: StepNode): Json {
    if (isReference(value)) return `{% ${this.#text(value, level, reader, step)} %}`;
    if (typeof value === "string") return /^\{%[\s\S]*%\}$/.test(value) ? `{% ${JSON.stringify(value)} %}` : value;
    if (value === null || typeof value === "number" || typeof value === "boolean") return value;
    if (Array.isArray(value)) return value.map((each) => this.value(each, level, reader, step));
    if (typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== undefined)
          .map(([key, each]) => [key, this.value(each, level, reader, step)]),
      );
    }
    throw new TypeError(`${step.name}: ${typeof value} can't stand in a workflow`);
  }

  #text(value: unknown, level: Level, reader: Scope, step: StepNode): string {
    return print(expressionOf(value), (binding) => {
      if (!isWithin(reader, binding.scope)) {
        this.problems.push({
          code: "out-of-scope",
          state: step.name,
          site: step.site,
          message: `uses what "${binding.state}" (${binding.site.file}:${binding.site.line}) yields, which is not known here: it was made in another branch, or may not have run`,
        });
      }
      if (!crosses(reader, binding.scope)) return binding.text;
      const name = binding.text.replaceAll(/\W/g, "");
      level.handedDown?.set(name, binding);
      return `$states.context.Execution.Input.BatchInput.${name}`;
    });
  }

  /** A step as states; returns the name of the first one. `next` is undefined where the States object ends. */
  step(step: StepNode, next: string | undefined, level: Level, scope: Scope): string {
    const of = (value: unknown, reader: Scope = scope): Json => this.value(value, level, reader, step);
    const onward: State = next === undefined ? { End: true } : { Next: next };
    const put = (name: string, state: State): string => {
      if (name in level.states || this.#names.has(name))
        this.problems.push({
          code: "duplicate-name",
          state: name,
          site: step.site,
          message: "there is another state of this name",
        });
      if (name.length > 80)
        this.problems.push({
          code: "long-name",
          state: name,
          site: step.site,
          message: `the name has ${name.length} characters, and 80 are allowed`,
        });
      this.#names.add(name);
      level.states[name] = state;
      return name;
    };
    const caught: State = level.catchers.length > 0 ? { Catch: [...level.catchers] } : {};
    const assign = (binding: Binding, value: string): State =>
      this.used.has(binding) ? { Assign: { [binding.text.slice(1)]: `{% ${value} %}` } } : {};
    switch (step.kind) {
      case "task":
        return put(step.name, {
          Type: "Task",
          Resource: step.resource,
          Arguments: of(step.arguments),
          ...(step.timeout === undefined ? {} : { TimeoutSeconds: step.timeout }),
          ...assign(step.result, step.yields),
          Output: {},
          ...(step.retry.length > 0 ? { Retry: step.retry.map(retryAsl) } : {}),
          ...caught,
          ...onward,
        });
      case "pass":
        return put(step.name, {
          Type: "Pass",
          Assign: { [step.result.text.slice(1)]: of(step.value) },
          Output: {},
          ...onward,
        });
      case "wait":
        return put(step.name, { Type: "Wait", Seconds: of(step.seconds), ...onward });
      case "succeed":
        return put(step.name, { Type: "Succeed", Output: of(step.output) });
      case "fail":
        return put(step.name, { Type: "Fail", Error: of(step.error), Cause: of(step.cause) });
      case "choice": {
        const then = this.block(step.then, `${step.name} (yes)`, step.result, step, next, level);
        const otherwise = this.block(step.otherwise, `${step.name} (no)`, step.result, step, next, level);
        return put(step.name, {
          Type: "Choice",
          Choices: [{ Condition: of(step.condition), Next: this.#or(then, step, level) }],
          Default: this.#or(otherwise, step, level),
        });
      }
      case "parallel": {
        const keys = Object.keys(step.branches);
        const members = keys.map((key, index) => `${JSON.stringify(key)}: $states.result[${index}]`).join(", ");
        return put(step.name, {
          Type: "Parallel",
          Branches: keys.map((key) => this.#branch(step.branches[key], `${step.name}.${key}`, step, level)),
          ...assign(step.result, `{${members}}`),
          Output: {},
          ...caught,
          ...onward,
        });
      }
      case "objects-map":
        return put(step.name, this.#objectsMap(step, level, scope, { ...caught, ...onward }));
      case "poll": {
        const choice = `${step.name} (done?)`;
        const wait = `${step.name} (wait)`;
        const start = this.sequence(step.block.steps, choice, level, step.block.scope) ?? choice;
        put(choice, {
          Type: "Choice",
          Choices: [{ Condition: of(step.until, step.block.scope), Next: this.#or(next, step, level) }],
          Default: wait,
        });
        put(wait, { Type: "Wait", Seconds: step.every, Next: start });
        return start;
      }
      case "try": {
        const catchers = step.handlers.map(({ errors, error, block }): Json => {
          const start = this.block(block, `${step.name} (caught)`, step.result, step, next, level);
          return {
            ErrorEquals: [...errors],
            Assign: { [error.text.slice(1)]: "{% $states.errorOutput %}" },
            Output: {},
            Next: this.#or(start, step, level),
          };
        });
        const all = step.handlers.some(({ errors }) => errors.includes("States.ALL"));
        const inner: Level = { ...level, catchers: all ? catchers : [...catchers, ...level.catchers] };
        return this.#or(this.block(step.body, `${step.name} (tried)`, step.result, step, next, inner), step, level);
      }
    }
  }

  /** A block's steps, and a Pass that assigns its value where somebody uses it. Undefined if there is nothing to do before the end. */
  block(
    block: Block,
    name: string,
    result: Binding,
    step: StepNode,
    next: string | undefined,
    level: Level,
  ): string | undefined {
    const wanted = this.used.has(result) && !block.ends;
    if (!wanted) return this.sequence(block.steps, next, level, block.scope);
    const value: StepNode = { kind: "pass", name, site: step.site, value: block.value ?? null, result };
    return this.sequence([...block.steps, value], next, level, block.scope);
  }

  sequence(steps: readonly StepNode[], next: string | undefined, level: Level, scope: Scope): string | undefined {
    return steps.reduceRight<string | undefined>((after, step) => this.step(step, after, level, scope), next);
  }

  /** Somewhere to go: the name, or a state that ends this States object. */
  #or(name: string | undefined, step: StepNode, level: Level): string {
    if (name !== undefined) return name;
    const end = `${step.name} (end)`;
    level.states[end] = { Type: "Pass", Output: {}, End: true };
    return end;
  }

  /** A branch gives its value as the output of its last state. */
  #branch(block: Block | undefined, name: string, step: StepNode, level: Level): Json {
    if (block === undefined) throw new Error(`${name} has no block`);
    const inner: Level = { states: {}, catchers: [], handedDown: level.handedDown };
    const states = inner.states;
    const end = block.ends ? undefined : name;
    const start = this.sequence(block.steps, end, inner, block.scope) ?? name;
    if (end !== undefined)
      states[end] = { Type: "Pass", Output: this.value(block.value ?? null, inner, block.scope, step), End: true };
    return { StartAt: start, States: states };
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
  #objectsMap(step: ObjectsMapNode, level: Level, scope: Scope, onward: State): State {
    const handedDown = new Map<string, Binding>();
    const inner: Level = { states: {}, catchers: [], handedDown };
    const start = this.sequence(step.block.steps, undefined, inner, step.block.scope);
    const batchInput = Object.fromEntries(
      [...handedDown]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, binding]) => [name, this.value(referenceTo(binding), level, scope, step)]),
    );
    return {
      Type: "Map",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSON" },
        Arguments: {
          Bucket: this.value(step.bucket, level, scope, step),
          Key: this.value(step.key, level, scope, step),
        },
      },
      ItemBatcher: { MaxItemsPerBatch: step.batch, ...(handedDown.size > 0 ? { BatchInput: batchInput } : {}) },
      MaxConcurrency: step.maxConcurrency,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: start ?? "",
        States: inner.states,
      },
      Output: {},
      ...onward,
    };
  }
}

const retryAsl = ({ errors, interval = 1, maxAttempts = 3, backoff = 2, maxDelay, jitter }: Retry): Json => ({
  ErrorEquals: [...errors],
  IntervalSeconds: interval,
  MaxAttempts: maxAttempts,
  BackoffRate: backoff,
  ...(maxDelay === undefined ? {} : { MaxDelaySeconds: maxDelay }),
  ...(jitter === true ? { JitterStrategy: "FULL" } : {}),
});
