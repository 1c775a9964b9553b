/** The typed surface: each call adds a step to the block that is being written and returns a reference to what it yields. */
import { callSite, type CallSite } from "./bundle/index.ts";
import type { Binding, Scope } from "./expression.ts";
import type { CheckPayload, CheckResult, Wire } from "./json_types.ts";
import type { Nothing, Ref, RefBase, Resolve, Value } from "./ref.ts";
import { sdkResource, type SdkCommand, type SdkInput, type SdkOutput } from "./sdk.ts";
import { eq } from "./operators.ts";
import { referenceTo } from "./reference.ts";
import type { AthenaWorkgroup, GlueDatabase, GlueJob, S3Bucket, SnsTopic } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";
import type { Block, Retry, StepNode, TaskNode } from "./tree.ts";

/** What a block returns that ends the execution: it yields nothing to the steps after it. */
export interface Ended {
  readonly ends: "the execution";
}
const ended: Ended = { ends: "the execution" };

type Yielded<B> = B extends Ended ? never : B extends Nothing ? null : Resolve<B>;

/** A Lambda that the machine needs, as its step says. */
export interface LambdaRequest {
  readonly name: string;
  readonly site: CallSite;
  readonly handler: (...args: never) => unknown;
  readonly timeout: number;
  readonly memory: number;
  readonly permissions: readonly Statement[];
}

export interface TaskOptions {
  readonly retry?: readonly Retry[];
  /** Seconds. */
  readonly timeout?: number;
}
export interface LambdaOptions extends TaskOptions {
  /** Megabytes. @default 512 */
  readonly memory?: number;
  /** What the handler may do besides writing its log. @default nothing */
  readonly permissions?: readonly Statement[];
}

/** What AWS asks clients of Lambda to retry: https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception */
const passingLambdaErrors: Retry = {
  errors: [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
  interval: 2,
  maxAttempts: 6,
};

const isForAny = ({ errors }: Retry): boolean => errors.includes("States.ALL");

/** Names that JSONata takes as variables; a state's name may have other characters. */
const variable = (name: string): string => `$${name.replaceAll(/\W/g, "_")}`;

/** What the machine's blocks share while they are written. */
export interface Workbench {
  readonly lambdas: LambdaRequest[];
  /** Tries that have no handler yet. */
  readonly openTries: Set<Pick<StepNode, "name" | "site">>;
}

/** The error that a catcher gets. */
export interface CaughtError {
  readonly Error: string;
  readonly Cause: string;
}

type TaskDraft = Pick<TaskNode, "resource" | "arguments" | "yields" | "permissions"> & TaskOptions;

export class Flow {
  readonly #scope: Scope;
  readonly #steps: StepNode[] = [];
  readonly #bench: Workbench;
  #ends = false;
  /** The execution that runs this block: `id` is its ARN. */
  readonly execution: Ref<{ Id: string; Name: string; StartTime: string }>;

  constructor(bench: Workbench, scope: Scope, execution?: Ref<{ Id: string; Name: string; StartTime: string }>) {
    this.#bench = bench;
    this.#scope = scope;
    this.execution =
      execution ?? referenceTo({ state: "the execution", text: "$states.context.Execution", scope, site: callSite() });
  }

  /** A Lambda: the payload's type is the handler's event, what the handler returns is the step's type. */
  lambda<const P, R>(
    name: string,
    payload: P & CheckPayload<P>,
    handler: (event: Resolve<P>) => Promise<R & CheckResult<R>> | (R & CheckResult<R>),
    options: LambdaOptions = {},
  ): Ref<Wire<Awaited<R>>> {
    const site = callSite();
    const { retry = [], timeout = 60, memory = 512, permissions = [] } = options;
    this.#bench.lambdas.push({ name, site, handler, timeout, memory, permissions });
    const arn = `\${lambda.${name}.arn}`;
    return this.#task(name, site, {
      resource: "arn:aws:states:::lambda:invoke",
      arguments: { FunctionName: arn, Payload: payload },
      yields: "$states.result.Payload",
      // A retrier of any error has to be the last.
      retry: [...retry.filter((each) => !isForAny(each)), passingLambdaErrors, ...retry.filter(isForAny)],
      timeout: timeout + 5,
      permissions: [allow(["lambda:InvokeFunction"], arn)],
    });
  }

  /** A Glue job, run to its end. */
  glueJob(
    name: string,
    job: GlueJob,
    args: Readonly<Record<string, Value<string>>>,
    options: TaskOptions = {},
  ): Ref<{ Id: string; JobRunState: string }> {
    return this.#task(name, callSite(), {
      resource: "arn:aws:states:::glue:startJobRun.sync",
      arguments: {
        JobName: job.name,
        Arguments: Object.fromEntries(Object.entries(args).map(([key, value]) => [`--${key}`, value])),
      },
      yields: '{"Id": $states.result.Id, "JobRunState": $states.result.JobRunState}',
      permissions: [allow(["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"], job.arn)],
      ...options,
    });
  }

  /** Any AWS API: its parameters and its result have the types of the SDK's command. */
  sdk<I extends object, O extends object>(
    name: string,
    command: SdkCommand<I, O>,
    input: SdkInput<I>,
    options: TaskOptions & { readonly permissions: readonly Statement[] },
  ): Ref<SdkOutput<O>> {
    return this.#task(name, callSite(), {
      resource: sdkResource(command),
      arguments: input,
      yields: "$states.result",
      ...options,
    });
  }

  /** A query, run to its end: its rows, each value as text, by the names given. */
  athena<const C extends string>(
    name: string,
    sql: Value<string>,
    options: TaskOptions & {
      readonly workgroup: AthenaWorkgroup;
      readonly database: GlueDatabase;
      readonly columns: readonly C[];
      /** The statements that its reads and its results need. */
      readonly permissions: readonly Statement[];
    },
  ): Ref<Record<C, string>[]> {
    const site = callSite();
    const { workgroup, database, columns, permissions, ...task } = options;
    const query: Ref<string> = this.#task(name, site, {
      resource: "arn:aws:states:::athena:startQueryExecution.sync",
      arguments: { QueryString: sql, WorkGroup: workgroup.name, QueryExecutionContext: { Database: database.name } },
      yields: "$states.result.QueryExecution.QueryExecutionId",
      permissions: [
        allow(["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"], workgroup.arn),
        allow(
          ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetPartitions"],
          database.catalogArn,
          database.arn,
          database.tablesArn,
        ),
        ...permissions,
      ],
      ...task,
    });
    const members = columns
      .map((column, index) => `${JSON.stringify(column)}: $row.Data[${index}].VarCharValue`)
      .join(", ");
    return this.#task(`${name}Rows`, site, {
      resource: "arn:aws:states:::athena:getQueryResults",
      arguments: { QueryExecutionId: query },
      // The first row is the header; a single row must stay an array.
      yields: `[$map($states.result.ResultSet.Rows[[1..1000]], function($row) { {${members}} })]`,
      permissions: [allow(["athena:GetQueryResults"], workgroup.arn)],
    });
  }

  /** A message to everybody who subscribed to the topic. */
  publish(
    name: string,
    topic: SnsTopic,
    message: { readonly subject: Value<string>; readonly message: Value<string> },
  ): void {
    this.#task(name, callSite(), {
      resource: "arn:aws:states:::sns:publish",
      arguments: { TopicArn: topic.arn, Subject: message.subject, Message: message.message },
      yields: "null",
      permissions: [allow(["sns:Publish"], topic.arn)],
    });
  }

  /** Two ways on; what the way that is taken returns is what the step yields. */
  if<const A, const B = undefined>(
    name: string,
    condition: Value<boolean>,
    then: (flow: Flow) => A,
    otherwise?: (flow: Flow) => B,
  ): Ref<Yielded<A> | Yielded<B>> {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    this.#steps.push({
      kind: "choice",
      name,
      site,
      ways: [{ label: "yes", condition, block: this.#block(then) }],
      otherwise: this.#block(otherwise ?? (() => undefined)),
      result,
    });
    return referenceTo(result);
  }

  /**
   * A way on for each value that `on` can have: one that is forgotten does not compile. A value outside its type fails
   * the execution with `States.NoChoiceMatched`.
   */
  choose<K extends string, const W extends Readonly<Record<string, unknown>>>(
    name: string,
    on: RefBase<K>,
    // Inferred from the ways that are there; none may lack, and none be too many.
    ways: { readonly [Case in keyof W]: Case extends K ? (flow: Flow) => W[Case] : never } & Readonly<
      Record<K, (flow: Flow) => unknown>
    >,
  ): Ref<Yielded<W[keyof W]>> {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    const cases = Object.entries<(flow: Flow) => unknown>(ways).map(([label, way]) => ({
      label,
      condition: eq<string>(on, label),
      block: this.#block(way),
    }));
    this.#steps.push({ kind: "choice", name, site, ways: cases, otherwise: undefined, result });
    return referenceTo(result);
  }

  /** The same steps for each element of an array, within the execution; what they return stands in the array's order. */
  map<T, const R>(
    name: string,
    items: RefBase<readonly T[]>,
    { maxConcurrency }: { readonly maxConcurrency: number },
    body: (flow: Flow, item: Ref<T>, index: Ref<number>) => R,
  ): Ref<Yielded<R>[]> {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    const scope: Scope = { outer: this.#scope, ownExecution: false };
    const flow = new Flow(this.#bench, scope, this.execution);
    const item: Binding = { state: name, site, text: variable(`${name}Item`), scope };
    const index: Binding = { state: name, site, text: variable(`${name}Index`), scope };
    const block = flow.#finish(body(flow, referenceTo(item), referenceTo(index)));
    this.#steps.push({ kind: "map", name, site, items, maxConcurrency, item, index, block, result });
    return referenceTo(result);
  }

  /** A value under a name of its own: computed once, and seen in the execution's history. */
  let<const P>(name: string, value: P & CheckPayload<P>): Ref<Resolve<P>> {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    this.#steps.push({ kind: "pass", name, site, value, result });
    return referenceTo(result);
  }

  /** Branches side by side; what each returns stands under its key. */
  parallel<B extends Readonly<Record<string, unknown>>>(
    name: string,
    branches: { readonly [K in keyof B]: (flow: Flow) => B[K] },
  ): Ref<{ [K in keyof B]: Yielded<B[K]> }> {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    const blocks = Object.fromEntries(
      Object.entries<(flow: Flow) => unknown>(branches).map(([key, branch]) => [key, this.#block(branch)]),
    );
    this.#steps.push({ kind: "parallel", name, site, branches: blocks, result });
    return referenceTo(result);
  }

  /** A distributed Map over a JSON array in S3: 10 items or 10,000, in batches, each batch in a child execution. */
  mapObjects<T>(
    name: string,
    source: {
      readonly bucket: S3Bucket;
      readonly key: Value<string>;
      readonly keys: string;
      readonly batch: number;
      readonly maxConcurrency: number;
    },
    body: (flow: Flow, items: Ref<T[]>) => void,
  ): void {
    const site = callSite();
    const result = this.#binding(name, site, variable(name));
    const { bucket, key, keys, batch, maxConcurrency } = source;
    const scope: Scope = { outer: this.#scope, ownExecution: true };
    const flow = new Flow(this.#bench, scope);
    body(flow, referenceTo({ state: name, site, text: "$states.context.Execution.Input.Items", scope }));
    const executions = "${machine.executionsArn}";
    this.#steps.push({
      kind: "objects-map",
      name,
      site,
      bucket: bucket.name,
      key,
      batch,
      maxConcurrency,
      block: flow.#finish(undefined),
      result,
      // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
      permissions: [
        allow(["states:StartExecution"], "${machine.arn}"),
        allow(["states:DescribeExecution", "states:StopExecution"], `${executions}:*`, `${executions}/*`),
        allow(["s3:GetObject"], bucket.objects(keys)),
      ],
    });
  }

  /** Asks again and again, with a pause between, until the condition holds; at most so many times, then it fails with `States.Timeout`'s cousin `PollExhausted`. */
  poll<A>(
    name: string,
    pace: { readonly every: number; readonly atMost: number },
    ask: (flow: Flow) => Ref<A>,
    until: (answer: Ref<A>) => RefBase<boolean>,
  ): void {
    const site = callSite();
    const flow = new Flow(this.#bench, { outer: this.#scope, ownExecution: false }, this.execution);
    const answer = ask(flow);
    const condition = until(answer);
    this.#steps.push({
      kind: "poll",
      name,
      site,
      ...pace,
      block: flow.#finish(undefined),
      until: condition,
      count: this.#binding(name, site, variable(`${name}Count`)),
    });
  }

  wait(name: string, seconds: Value<number>): void {
    this.#steps.push({ kind: "wait", name, site: callSite(), seconds });
  }

  /** Steps whose errors are caught; what the body or the handler returns is what the whole yields. */
  try<const A>(
    name: string,
    body: (flow: Flow) => A,
  ): {
    catch: <const B>(
      errors: readonly string[],
      handler: (flow: Flow, error: Ref<CaughtError>) => B,
    ) => Ref<Yielded<A> | Yielded<B>>;
  } {
    const site = callSite();
    const block = this.#block(body);
    const open = { name, site };
    this.#bench.openTries.add(open);
    return {
      catch: (errors, handle) => {
        this.#bench.openTries.delete(open);
        const result = this.#binding(name, site, variable(name));
        const scope: Scope = { outer: this.#scope, ownExecution: false };
        const flow = new Flow(this.#bench, scope, this.execution);
        const error: Binding = { state: name, site, text: variable(`${name}Error`), scope };
        const handled = flow.#finish(handle(flow, referenceTo(error)));
        this.#steps.push({
          kind: "try",
          name,
          site,
          body: block,
          handlers: [{ errors, error, block: handled }],
          result,
        });
        return referenceTo(result);
      },
    };
  }

  succeed(name: string, output: unknown = {}): Ended {
    return this.#end({ kind: "succeed", name, site: callSite(), output });
  }

  fail(name: string, reason: { readonly error: Value<string>; readonly cause: Value<string> }): Ended {
    return this.#end({ kind: "fail", name, site: callSite(), ...reason });
  }

  #task<T>(name: string, site: CallSite, task: TaskDraft): Ref<T> {
    const result = this.#binding(name, site, variable(name));
    this.#steps.push({ kind: "task", name, site, retry: [], timeout: undefined, ...task, result });
    return referenceTo(result);
  }
  #binding(state: string, site: CallSite, text: string): Binding {
    return { state, site, text, scope: this.#scope };
  }
  #end(step: StepNode): Ended {
    this.#steps.push(step);
    this.#ends = true;
    return ended;
  }

  #block(write: (flow: Flow) => unknown): Block {
    const flow = new Flow(this.#bench, { outer: this.#scope, ownExecution: false }, this.execution);
    return flow.#finish(write(flow));
  }

  #finish(value: unknown): Block {
    return Object.freeze({ scope: this.#scope, steps: Object.freeze([...this.#steps]), value, ends: this.#ends });
  }

  /** The whole program as a block; for `workflow`. */
  static program(bench: Workbench, write: (flow: Flow, scope: Scope) => unknown): Block {
    const scope: Scope = { outer: undefined, ownExecution: true };
    const flow = new Flow(bench, scope);
    return flow.#finish(write(flow, scope));
  }
}
