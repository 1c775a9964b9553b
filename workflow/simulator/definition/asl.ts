/**
 * Amazon States Language as far as the simulator runs it. A state in JSONPath mode has its fields under JSONata's names
 * where both mean the same (Parameters is Arguments, SecondsPath is Seconds), and its own where they don't.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Comparison } from "../jsonpath/comparison.ts";

/** A literal, or `{% an expression %}` that yields one. */
export type Expression = string;

/** In JSONPath mode, the path of a field like SecondsPath. The key is a symbol, so no JSON is taken for it. */
export interface Reference extends JsonObject {
  readonly [pathKey]: string;
}
export const pathKey = Symbol("path");

export function isReference(value: Json): value is Reference {
  return isObject(value) && pathKey in value;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Seconds before the first retry, default 1. */
  readonly IntervalSeconds?: number;
  /** Retries, not calls; default 3, 0 never retries. */
  readonly MaxAttempts?: number;
  /** What the interval is multiplied with from retry to retry, default 2. */
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends Leaving {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

interface Commented {
  readonly Comment?: string;
  /** Every state that was read has its own. */
  readonly QueryLanguage: "JSONata" | "JSONPath";
  /** JSONPath: what of the input the state sees; null for `{}`. */
  readonly InputPath?: string | null;
}
interface Outgoing {
  readonly Next?: string;
  readonly End?: true;
}
/** What a state, a Choice's rule or a catcher does with the data on the way out. */
export interface Leaving {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
  /** JSONPath: reshapes the result. */
  readonly ResultSelector?: Json;
  /** JSONPath: where in the input the result goes; null drops it. */
  readonly ResultPath?: string | null;
  /** JSONPath: what of all that goes on; null for `{}`. */
  readonly OutputPath?: string | null;
}
/** States whose work can fail: only they have Retry and Catch. */
export interface Failable {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Commented, Outgoing, Leaving, Failable {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: number | Expression | Reference;
  readonly HeartbeatSeconds?: number | Expression | Reference;
  readonly Credentials?: Json;
}
export interface PassState extends Commented, Outgoing, Leaving {
  readonly Type: "Pass";
  /** JSONPath: a literal result. */
  readonly Result?: Json;
  /** JSONPath: Parameters. */
  readonly Arguments?: Json;
}
export interface ChoiceRule extends Leaving {
  readonly Condition: boolean | Expression | Comparison;
  readonly Next: string;
  readonly Comment?: string;
}
export interface ChoiceState extends Commented, Leaving {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}
export interface WaitState extends Commented, Outgoing, Leaving {
  readonly Type: "Wait";
  readonly Seconds?: number | Expression | Reference;
  readonly Timestamp?: Expression | Reference;
}
export interface ParallelState extends Commented, Outgoing, Leaving, Failable {
  readonly Type: "Parallel";
  readonly Branches: readonly Branch[];
  readonly Arguments?: Json;
}
export interface ItemProcessor extends Branch {
  readonly ProcessorConfig?: {
    readonly Mode?: "INLINE" | "DISTRIBUTED";
    readonly ExecutionType?: "STANDARD" | "EXPRESS";
  };
}
export interface ReaderConfig {
  readonly InputType?: "CSV" | "JSON" | "JSONL" | "PARQUET" | "MANIFEST";
  readonly MaxItems?: number | Expression | Reference;
  /** JSON: a JSON Pointer to the array. */
  readonly ItemsPointer?: string;
  readonly CSVHeaderLocation?: "FIRST_ROW" | "GIVEN";
  readonly CSVHeaders?: readonly string[];
  /** Default COMMA. */
  readonly CSVDelimiter?: "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB";
  readonly ManifestType?: "ATHENA_DATA" | "S3_INVENTORY";
  /** Of a list of objects: itself as items (NONE), or the items that are in its objects. */
  readonly Transformation?: "NONE" | "LOAD_AND_FLATTEN";
}
export interface ItemReaderField {
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly ReaderConfig?: ReaderConfig;
}
export interface WriterConfig {
  readonly Transformation?: "NONE" | "COMPACT" | "FLATTEN";
  readonly OutputType?: "JSON" | "JSONL";
}
export interface ResultWriterField {
  readonly Resource?: string;
  readonly Arguments?: Json;
  readonly WriterConfig?: WriterConfig;
}
export interface ItemBatcherField {
  readonly MaxItemsPerBatch?: number | Expression | Reference;
  readonly MaxInputBytesPerBatch?: number | Expression | Reference;
  readonly BatchInput?: Json;
}
export interface MapState extends Commented, Outgoing, Leaving, Failable {
  readonly Type: "Map";
  /** An object is taken, as the service does, and can't be run. */
  readonly Items?: readonly Json[] | JsonObject | Expression | Reference;
  readonly ItemReader?: ItemReaderField;
  readonly ItemSelector?: Json;
  readonly ItemBatcher?: ItemBatcherField;
  readonly ResultWriter?: ResultWriterField;
  readonly ItemProcessor: ItemProcessor;
  readonly MaxConcurrency?: number | Expression | Reference;
  readonly ToleratedFailureCount?: number | Expression | Reference;
  readonly ToleratedFailurePercentage?: number | Expression | Reference;
  readonly Label?: string;
}
export interface SucceedState extends Commented {
  readonly Type: "Succeed";
  readonly Output?: Json;
  readonly OutputPath?: string | null;
}
export interface FailState extends Commented {
  readonly Type: "Fail";
  readonly Error?: Expression | Reference;
  readonly Cause?: Expression | Reference;
}

/** One entry a kind of state: every table over it must have them all. */
export interface StateKinds {
  readonly Task: TaskState;
  readonly Pass: PassState;
  readonly Choice: ChoiceState;
  readonly Wait: WaitState;
  readonly Parallel: ParallelState;
  readonly Map: MapState;
  readonly Succeed: SucceedState;
  readonly Fail: FailState;
}
export type StateType = keyof StateKinds;
export type State = StateKinds[StateType];

/** A set of states with an entry: a machine, a Parallel's branch, a Map's processor. */
export interface Branch {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly Comment?: string;
}
export interface Machine extends Branch {
  readonly Version?: string;
  /** The machine's own limit: its end can't be caught and has the status TIMED_OUT. */
  readonly TimeoutSeconds?: number;
}
