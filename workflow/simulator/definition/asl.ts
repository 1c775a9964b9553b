/**
 * Amazon States Language in JSONata mode, as far as the simulator runs it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
import type { Json, JsonObject } from "../json.ts";

/** A literal, or `{% an expression %}` that yields one. */
export type Expression = string;

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

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}

interface Commented {
  readonly Comment?: string;
  readonly QueryLanguage?: "JSONata";
}
interface Outgoing {
  readonly Next?: string;
  readonly End?: true;
}
interface Assigning {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}
/** States whose work can fail: only they have Retry and Catch. */
export interface Failable {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Commented, Outgoing, Assigning, Failable {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: number | Expression;
  readonly HeartbeatSeconds?: number | Expression;
  readonly Credentials?: Json;
}
export interface PassState extends Commented, Outgoing, Assigning {
  readonly Type: "Pass";
}
export interface ChoiceRule extends Assigning {
  readonly Condition: boolean | Expression;
  readonly Next: string;
  readonly Comment?: string;
}
export interface ChoiceState extends Commented, Assigning {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}
export interface WaitState extends Commented, Outgoing, Assigning {
  readonly Type: "Wait";
  readonly Seconds?: number | Expression;
  readonly Timestamp?: Expression;
}
export interface ParallelState extends Commented, Outgoing, Assigning, Failable {
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
  readonly MaxItems?: number | Expression;
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
  readonly MaxItemsPerBatch?: number | Expression;
  readonly MaxInputBytesPerBatch?: number | Expression;
  readonly BatchInput?: Json;
}
export interface MapState extends Commented, Outgoing, Assigning, Failable {
  readonly Type: "Map";
  readonly Items?: readonly Json[] | Expression;
  readonly ItemReader?: ItemReaderField;
  readonly ItemSelector?: Json;
  readonly ItemBatcher?: ItemBatcherField;
  readonly ResultWriter?: ResultWriterField;
  readonly ItemProcessor: ItemProcessor;
  readonly MaxConcurrency?: number | Expression;
  readonly ToleratedFailureCount?: number | Expression;
  readonly ToleratedFailurePercentage?: number | Expression;
  readonly Label?: string;
}
export interface SucceedState extends Commented {
  readonly Type: "Succeed";
  readonly Output?: Json;
}
export interface FailState extends Commented {
  readonly Type: "Fail";
  readonly Error?: Expression;
  readonly Cause?: Expression;
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
  readonly QueryLanguage?: "JSONata" | "JSONPath";
  readonly Version?: string;
  /** The machine's own limit: its end can't be caught and has the status TIMED_OUT. */
  readonly TimeoutSeconds?: number;
}
