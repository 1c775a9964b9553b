/** Step Functions itself as a resource: executions that Tasks start, and callbacks that they send. */
import { z } from "zod";
import { CallbackError, type TaskCallbacks } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import { TaskError } from "./errors.ts";
import { redriveStatus, type ExecutionEnd } from "./execution-state.ts";
import { jsonSchema, toJson, type Json } from "./json.ts";
import type { TaskCall } from "./run.ts";
import { untilAborted } from "./states/task-call.ts";

/** An execution that a Task started. */
export interface Launched {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly end: Promise<ExecutionEnd & { readonly stopTime: number }>;
  stop(): void;
}

/** Starts executions of other machines. */
export interface Launcher {
  /** Whether it has the machine, version or alias. */
  has(stateMachineArn: string): boolean;
  /** Throws a TaskError for what StartExecution refuses. */
  start(request: {
    readonly stateMachineArn: string;
    readonly name: string | undefined;
    readonly input: Json;
  }): Promise<Launched> | Launched;
}

/** Serves a call, or undefined if it isn't for Step Functions. */
export type StepFunctionsResource = (call: TaskCall) => Promise<Json> | undefined;

const nested = /:states:::states:startExecution(\.sync:2|\.sync|\.waitForTaskToken)?$/;
const sdk = /:states:::aws-sdk:sfn:(startExecution|sendTaskSuccess|sendTaskFailure|sendTaskHeartbeat)$/;
const metadata = { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: "simulated" } };
const text = z.string().or(jsonSchema.transform((value) => JSON.stringify(value)));

const startArguments = z.object({
  StateMachineArn: z.string(),
  Name: z.string().optional(),
  Input: text.default("{}"),
});
const successArguments = z.object({ TaskToken: z.string(), Output: text });
const failureArguments = z.object({
  TaskToken: z.string(),
  Error: z.string().optional(),
  Cause: z.string().optional(),
});

/** The resources `states:startExecution…` of machines that the launcher has, and callbacks by the SDK's names. */
export function stepFunctionsResource(
  clock: Clock,
  launcher: Launcher,
  callbacks: TaskCallbacks,
): StepFunctionsResource {
  return (call) => {
    const [matched, pattern] = nested.exec(call.resource) ?? [];
    const [, operation] = sdk.exec(call.resource) ?? [];
    if (matched === undefined && operation === undefined) return undefined;
    if (matched === undefined && operation !== "startExecution") {
      return operation === undefined ? undefined : sendCallback(operation, call.arguments, callbacks);
    }
    const { StateMachineArn, Name, Input } = read(startArguments, call, operation === undefined);
    if (!launcher.has(StateMachineArn)) return undefined;
    return start(call, clock, pattern, () =>
      launcher.start({ stateMachineArn: StateMachineArn, name: Name, input: parse(Input) }),
    );
  };
}

function read<T>(schema: z.ZodType<T>, call: Pick<TaskCall, "arguments">, optimized: boolean): T {
  const found = schema.safeParse(call.arguments);
  if (found.success) return found.data;
  const problem = z.prettifyError(found.error);
  throw new TaskError(`${optimized ? "StepFunctions" : "Sfn"}.ValidationException`, problem);
}

function parse(input: string): Json {
  try {
    return toJson(JSON.parse(input));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const cause = `Invalid State Machine Execution Input: '${reason}'`;
    throw new TaskError("StepFunctions.InvalidExecutionInputException", cause);
  }
}

async function start(
  call: TaskCall,
  clock: Clock,
  pattern: string | undefined,
  launch: () => Promise<Launched> | Launched,
): Promise<Json> {
  const launched = await launch();
  const answer = { ExecutionArn: launched.executionArn, StartDate: launched.startTime, ...metadata };
  if (pattern === ".waitForTaskToken") return toJson(await call.callback(answer));
  if (pattern === undefined) return answer;
  call.submitted(answer);
  // A task that is given up takes its execution with it.
  const stop = (): void => {
    launched.stop();
  };
  call.signal.addEventListener("abort", stop, { once: true });
  const end = await clock.join(untilAborted(call.signal, () => launched.end));
  call.signal.removeEventListener("abort", stop);
  const described = describe(call, launched, end, pattern === ".sync:2");
  if (end.status !== "SUCCEEDED") throw new TaskError("States.TaskFailed", JSON.stringify(described));
  return described;
}

/** DescribeExecution's answer; `.sync:2` has JSON for the text that `.sync` has. */
function describe(call: TaskCall, launched: Launched, end: Awaited<Launched["end"]>, asJson: boolean): Json {
  const { Input } = read(startArguments, call, true);
  const form = (value: Json): Json => (asJson ? value : JSON.stringify(value));
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(end.status, false);
  return {
    ...(end.cause === undefined ? {} : { Cause: end.cause }),
    ...(end.error === undefined ? {} : { Error: end.error }),
    ExecutionArn: launched.executionArn,
    Input: asJson ? parse(Input) : Input,
    InputDetails: { Included: true },
    Name: launched.name,
    ...(end.output === undefined ? {} : { Output: form(end.output), OutputDetails: { Included: true } }),
    RedriveCount: 0,
    RedriveStatus: status,
    ...(reason === undefined ? {} : { RedriveStatusReason: reason }),
    StartDate: launched.startTime,
    StateMachineArn: launched.stateMachineArn,
    Status: end.status,
    StopDate: end.stopTime,
  };
}

function sendCallback(operation: string, args: Json, callbacks: TaskCallbacks): Promise<Json> {
  try {
    if (operation === "sendTaskSuccess") {
      const { TaskToken, Output } = read(successArguments, { arguments: args }, false);
      callbacks.sendTaskSuccess({ taskToken: TaskToken, output: parse(Output) });
    } else {
      const { TaskToken, Error: error, Cause: cause } = read(failureArguments, { arguments: args }, false);
      if (operation === "sendTaskHeartbeat") callbacks.sendTaskHeartbeat({ taskToken: TaskToken });
      else {
        callbacks.sendTaskFailure({ taskToken: TaskToken, error, cause });
      }
    }
    return Promise.resolve({});
  } catch (error) {
    if (error instanceof CallbackError)
      return Promise.reject(new TaskError(`Sfn.${error.type}Exception`, error.message));
    throw error;
  }
}
