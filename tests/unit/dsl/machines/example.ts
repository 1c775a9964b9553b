/**
 * A machine that was written after the description of a public example of AWS, with what has to become of it. Its own
 * Lambdas run; what it asks of services is answered by the case.
 */
import * as z from "zod";
import type { Workflow } from "../../../../workflow/dsl/index.ts";
import {
  memoryObjects,
  SimulationError,
  simulate,
  TaskError,
  type SimulationResult,
  type TaskCall,
} from "../../../../workflow/simulator/index.ts";

/** What a service answers: its result or its error, or a function that makes either. */
export type Answer = object | TaskError | ((call: TaskCall) => unknown);

export interface Case<I = unknown, O = unknown> {
  readonly input: I;
  /** By the state's name; of an array each call gets the next. */
  readonly tasks?: Readonly<Record<string, Answer | readonly Answer[]>>;
  /** Objects in S3: their text by `bucket/key`. */
  readonly objects?: Readonly<Record<string, string>>;
  /** @default SUCCEEDED, or FAILED where there is an error */
  readonly status?: SimulationResult["status"];
  readonly output?: O;
  readonly error?: string;
  readonly cause?: string;
  /** The states entered, in order, without the compiler's own, whose names have a colon. */
  readonly states?: readonly string[];
  /** The arguments of each call of a task, by the state's name. */
  readonly asked?: Readonly<Record<string, readonly unknown[]>>;
  /** Virtual time from beginning to end. */
  readonly seconds?: number;
}

export interface Example {
  readonly machine: Workflow;
  /** By what happens in them. */
  readonly cases: Readonly<Record<string, Case>>;
}

/** The cases have the types of the machine's input and output. */
export const example = <I, O>(machine: Workflow<I, O>, cases: Readonly<Record<string, Case<I, O>>>): Example => ({
  machine,
  cases,
});

/** The answer of what never answers. */
export const silence = ({ sleep }: TaskCall): Promise<void> => sleep(Infinity);

type Played = Pick<SimulationResult, "status" | "output" | "error" | "cause" | "states"> & {
  readonly asked: Readonly<Record<string, readonly unknown[]>>;
  readonly seconds: number;
};

/** Runs one case of the compiled machine. */
export async function play(machine: Workflow, played: Case, definition: object): Promise<Played> {
  const asked: Record<string, unknown[]> = {};
  const { states, events, ...end } = await simulate(definition, {
    input: played.input,
    integrations: (call) => {
      const calls = (asked[call.state] ??= []);
      calls.push(call.arguments);
      const answers = played.tasks?.[call.state];
      return answers === undefined ? runLambda(machine, call) : answered(answers, calls.length - 1, call);
    },
    objects: memoryObjects(played.objects),
  });
  const times = events.map(({ timestamp }) => timestamp.getTime());
  const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
  return { ...end, states: states.filter((name) => !name.includes(": ")), asked, seconds };
}

const isHandler = (answer: Answer): answer is (call: TaskCall) => unknown => typeof answer === "function";
const isList = (answers: Answer | readonly Answer[]): answers is readonly Answer[] => Array.isArray(answers);

function answered(answers: Answer | readonly Answer[], before: number, call: TaskCall): unknown {
  const answer = isList(answers) ? answers[before] : answers;
  if (answer === undefined)
    throw new SimulationError(`the case has no answer to call ${before + 1} of "${call.state}"`);
  if (answer instanceof TaskError) throw answer;
  return isHandler(answer) ? answer(call) : answer;
}

const invocation = z.object({ Payload: z.unknown() });

async function runLambda({ lambdas }: Workflow, { state, arguments: args }: TaskCall): Promise<object> {
  const lambda = lambdas.find(({ name }) => name === state);
  if (lambda === undefined) throw new SimulationError(`the case has no answer for "${state}"`);
  const result: unknown = await Reflect.apply(lambda.handler, undefined, [invocation.parse(args).Payload]);
  return { Payload: result ?? null };
}
