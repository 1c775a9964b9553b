/**
 * The tree as Amazon States Language (https://states-language.net/), JSONata mode. States pass nothing on: what a step
 * yields is a variable, so each state's output is empty. Steps are written from the last to the first, since a state
 * names the one after it.
 */
import { aslValue, type HandedDown, type Json, type Reader } from "./asl_value.ts";
import type { Binding, Scope } from "./expression.ts";
import type { Problem } from "./problem.ts";
import { isReferenceTo, reference } from "./reference.ts";
import type {
  Block,
  ChoiceNode,
  MapNode,
  ObjectsMapNode,
  ParallelNode,
  PollNode,
  Retry,
  StepNode,
  TaskNode,
  TryNode,
} from "./tree.ts";

type State = Record<string, Json>;

/** One States object while it is written. */
interface States {
  readonly byName: Record<string, State>;
  /** Where errors of its tasks go. */
  readonly catchers: readonly Json[];
  readonly handedDown: HandedDown | undefined;
}

/** What is the same all over a machine. */
interface Machine {
  /** The results that some step uses; the others are not assigned. */
  readonly used: ReadonlySet<Binding>;
  readonly names: Set<string>;
  readonly problems: Problem[];
}

/** A step with its surroundings: the scope that its values are read in, and the state that comes after it. */
interface Place {
  readonly machine: Machine;
  readonly states: States;
  readonly scope: Scope;
  /** Undefined where the States object ends. */
  readonly next: string | undefined;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html */
const longestName = 80;

function put(step: StepNode, name: string, state: State, { machine, states }: Place): string {
  const complain = (code: Problem["code"], message: string): void => {
    machine.problems.push({ code, state: name, site: step.site, message });
  };
  if (machine.names.has(name)) complain("duplicate-name", "another state has this name: names are unique in a machine");
  if (name.length > longestName)
    complain("long-name", `the name has ${name.length} characters, and ${longestName} are allowed`);
  machine.names.add(name);
  states.byName[name] = state;
  return name;
}

const reader = ({ name, site }: StepNode, { machine, states, scope }: Place): Reader => ({
  scope,
  state: name,
  site,
  handedDown: states.handedDown,
  problems: machine.problems,
});

const onward = ({ next }: Place): State => (next === undefined ? { End: true } : { Next: next });
const caught = ({ states }: Place): State => (states.catchers.length > 0 ? { Catch: [...states.catchers] } : {});

/** A variable's name, as `Assign` wants it: without the dollar. */
const variable = ({ text }: Binding): string => text.slice(1);

const assign = (result: Binding, jsonata: string, { machine }: Place): State =>
  machine.used.has(result) ? { Assign: { [variable(result)]: `{% ${jsonata} %}` } } : {};

const retrier = ({ errors, interval = 1, maxAttempts = 3, backoff = 2, maxDelay, jitter }: Retry): Json => ({
  ErrorEquals: [...errors],
  IntervalSeconds: interval,
  MaxAttempts: maxAttempts,
  BackoffRate: backoff,
  ...(maxDelay === undefined ? {} : { MaxDelaySeconds: maxDelay }),
  ...(jitter === true ? { JitterStrategy: "FULL" } : {}),
});

const task = (step: TaskNode, place: Place): State => ({
  Type: "Task",
  Resource: step.resource,
  Arguments: aslValue(step.arguments, reader(step, place)),
  ...(step.timeout === undefined ? {} : { TimeoutSeconds: step.timeout }),
  ...assign(step.result, step.yields, place),
  Output: {},
  ...(step.retry.length > 0 ? { Retry: step.retry.map(retrier) } : {}),
  ...caught(place),
  ...onward(place),
});

/** The first state of the steps, or what comes after them if there is none. */
export function sequence(steps: readonly StepNode[], { next, ...place }: Place): string | undefined {
  return steps.reduceRight<string | undefined>((after, step) => first(step, { ...place, next: after }), next);
}

/**
 * A block that gives its value to a step's result. Where the value is what the block's last step yields, that step
 * assigns the result itself; else a Pass does, and only if somebody uses it.
 */
function block(
  { steps, scope, value, ends }: Block,
  name: string,
  step: StepNode,
  result: Binding,
  outer: Place,
): string {
  const place = { ...outer, scope };
  const last = steps.at(-1);
  const before = steps.slice(0, -1);
  const start = (): string | undefined => {
    if (ends || !place.machine.used.has(result)) return sequence(steps, place);
    if (last !== undefined && "result" in last && isReferenceTo(value, last.result)) {
      return sequence([...before, { ...last, result }], place);
    }
    return sequence([...steps, { kind: "pass", name, site: step.site, value: value ?? null, result }], place);
  };
  // A Choice has to name a state, even where there is nothing to do before the end.
  return start() ?? put(step, name, { Type: "Pass", Output: {}, End: true }, place);
}

function choice(step: ChoiceNode, place: Place): State {
  const wayOn = (label: string, way: Block): string => block(way, `${step.name}: ${label}`, step, step.result, place);
  const choices = step.ways.map(({ label, condition, block: way }) => ({
    Condition: aslValue(condition, reader(step, place)),
    Next: wayOn(label, way),
  }));
  return {
    Type: "Choice",
    Choices: choices,
    ...(step.otherwise === undefined ? {} : { Default: wayOn("no", step.otherwise) }),
  };
}

/** A branch gives its value as the output of its last state. */
function branch(
  { steps, scope, value, ends }: Block,
  name: string,
  step: ParallelNode | MapNode,
  outer: Place,
): { readonly StartAt: string; readonly States: Record<string, Json> } {
  const states: States = { byName: {}, catchers: [], handedDown: outer.states.handedDown };
  const place: Place = { ...outer, scope, states, next: undefined };
  if (ends) return { StartAt: sequence(steps, place) ?? name, States: states.byName };
  const output = aslValue(value ?? null, reader(step, place));
  put(step, name, { Type: "Pass", Output: output, End: true }, place);
  return { StartAt: sequence(steps, { ...place, next: name }) ?? name, States: states.byName };
}

function parallel(step: ParallelNode, place: Place): State {
  const branches = Object.entries(step.branches);
  const members = branches.map(([key], index) => `${JSON.stringify(key)}: $states.result[${index}]`);
  return {
    Type: "Parallel",
    Branches: branches.map(([key, each]): Json => ({ ...branch(each, `${step.name}: ${key}`, step, place) })),
    ...assign(step.result, `{${members.join(", ")}}`, place),
    Output: {},
    ...caught(place),
    ...onward(place),
  };
}

/** Each iteration begins by naming its item and its index, so that steps further in can use them as any other value. */
function map(step: MapNode, place: Place): State {
  const { StartAt, States } = branch(step.block, `${step.name}: end`, step, place);
  const begin = `${step.name}: begin`;
  const named = Object.fromEntries(
    [step.item, step.index]
      .filter((binding) => place.machine.used.has(binding))
      .map((binding) => [variable(binding), `{% $states.input.${variable(binding)} %}`]),
  );
  const selected = {
    [variable(step.item)]: "{% $states.context.Map.Item.Value %}",
    [variable(step.index)]: "{% $states.context.Map.Item.Index %}",
  };
  return {
    Type: "Map",
    Items: aslValue(step.items, reader(step, place)),
    ItemSelector: selected,
    MaxConcurrency: step.maxConcurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      StartAt: begin,
      States: { [begin]: { Type: "Pass", Assign: named, Output: {}, Next: StartAt }, ...States },
    },
    ...assign(step.result, "$states.result", place),
    Output: {},
    ...caught(place),
    ...onward(place),
  };
}

/**
 * A loop in a Parallel of one branch: its counter has a scope of its own, and when it gives up, its Fail is an error of
 * the Parallel, which a surrounding `try` can catch; a Fail beside the other states would end the execution.
 */
function poll(step: PollNode, outer: Place): State {
  const states: States = { byName: {}, catchers: [], handedDown: outer.states.handedDown };
  const place: Place = { ...outer, states, scope: step.block.scope, next: undefined };
  const named = (part: string): string => `${step.name}: ${part}`;
  const [begin, done, more, wait, gaveUp] = [
    named("begin"),
    named("done?"),
    named("again?"),
    named("wait"),
    named("gave up"),
  ] as const;
  const end = put(step, named("end"), { Type: "Pass", Output: {}, End: true }, place);
  const ask = sequence(step.block.steps, { ...place, next: done }) ?? done;
  const count = variable(step.count);
  put(step, begin, { Type: "Pass", Assign: { [count]: 1 }, Next: ask }, place);
  put(
    step,
    done,
    { Type: "Choice", Choices: [{ Condition: aslValue(step.until, reader(step, place)), Next: end }], Default: more },
    place,
  );
  put(
    step,
    more,
    { Type: "Choice", Choices: [{ Condition: `{% $${count} < ${step.atMost} %}`, Next: wait }], Default: gaveUp },
    place,
  );
  put(step, wait, { Type: "Wait", Seconds: step.every, Assign: { [count]: `{% $${count} + 1 %}` }, Next: ask }, place);
  put(
    step,
    gaveUp,
    { Type: "Fail", Error: "PollExhausted", Cause: `asked ${step.atMost} times, every ${step.every} s` },
    place,
  );
  return {
    Type: "Parallel",
    Branches: [{ StartAt: begin, States: states.byName }],
    Output: {},
    ...caught(outer),
    ...onward(outer),
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html: a child execution sees only its input. */
function objectsMap(step: ObjectsMapNode, place: Place): State {
  const handedDown: HandedDown = new Map();
  const states: States = { byName: {}, catchers: [], handedDown };
  const start = sequence(step.block.steps, { ...place, states, scope: step.block.scope, next: undefined });
  const needed = [...handedDown].sort(([one], [other]) => (one < other ? -1 : 1));
  const batchInput = Object.fromEntries(needed.map(([name, expression]) => [name, reference(expression)]));
  return {
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSON" },
      Arguments: aslValue({ Bucket: step.bucket, Key: step.key }, reader(step, place)),
    },
    ItemBatcher: {
      MaxItemsPerBatch: step.batch,
      ...(needed.length > 0 ? { BatchInput: aslValue(batchInput, reader(step, place)) } : {}),
    },
    MaxConcurrency: step.maxConcurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: start ?? "",
      States: states.byName,
    },
    Output: {},
    ...caught(place),
    ...onward(place),
  };
}

/** No state of its own: its body's tasks get its catchers, before those of the `try` around it. */
function attempt(step: TryNode, place: Place): string {
  const catchers = step.handlers.map(({ errors, error, block: handler }): Json => {
    const start = block(handler, `${step.name}: caught`, step, step.result, place);
    return {
      ErrorEquals: [...errors],
      Assign: { [variable(error)]: "{% $states.errorOutput %}" },
      Output: {},
      Next: start,
    };
  });
  const catchesAll = step.handlers.some(({ errors }) => errors.includes("States.ALL"));
  const states = { ...place.states, catchers: catchesAll ? catchers : [...catchers, ...place.states.catchers] };
  return block(step.body, `${step.name}: done`, step, step.result, { ...place, states });
}

/** Writes a step's states, and returns the name of the first. */
function first(step: StepNode, place: Place): string {
  const value = (each: unknown): Json => aslValue(each, reader(step, place));
  const state = (): State => {
    switch (step.kind) {
      case "task":
        return task(step, place);
      case "pass":
        return { Type: "Pass", Assign: { [variable(step.result)]: value(step.value) }, Output: {}, ...onward(place) };
      case "wait":
        return { Type: "Wait", Seconds: value(step.seconds), ...onward(place) };
      case "choice":
        return choice(step, place);
      case "parallel":
        return parallel(step, place);
      case "map":
        return map(step, place);
      case "objects-map":
        return objectsMap(step, place);
      case "poll":
        return poll(step, place);
      case "succeed":
        return { Type: "Succeed", Output: value(step.output) };
      case "fail":
        return { Type: "Fail", Error: value(step.error), Cause: value(step.cause) };
      case "try":
        throw new Error("a try has no state of its own");
    }
  };
  return step.kind === "try" ? attempt(step, place) : put(step, step.name, state(), place);
}

/** The States of a program, and where it starts. */
export function aslStates(
  program: Block,
  used: ReadonlySet<Binding>,
): { readonly startAt: string; readonly states: Record<string, Json>; readonly problems: readonly Problem[] } {
  const machine: Machine = { used, names: new Set(), problems: [] };
  const states: States = { byName: {}, catchers: [], handedDown: undefined };
  const startAt = sequence(program.steps, { machine, states, scope: program.scope, next: undefined }) ?? "";
  return { startAt, states: Object.fromEntries(Object.entries(states.byName).reverse()), problems: machine.problems };
}
