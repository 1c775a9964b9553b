/** What a state machine's Tasks call on this machine, by resource ARN, with results and errors as Step Functions gives them. */
import { InvokeCommand, LambdaServiceException } from "@aws-sdk/client-lambda";
import { PublishCommand, SNSServiceException } from "@aws-sdk/client-sns";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { SimulationError, TaskError, type Integration, type TaskCall } from "../workflow/simulator/index.ts";
import type { Queries } from "./queries.ts";
import type { Clients } from "./clients.ts";
import type { Crawlers } from "./crawlers.ts";
import { GlueError, type Jobs } from "./jobs.ts";
import { readLambdaError } from "./lambda_errors.ts";
import type { OnProgress } from "./progress.ts";

export interface Workers {
  readonly clients: Clients;
  readonly jobs: Jobs;
  readonly crawlers: Crawlers;
  readonly queries: Queries;
  readonly onProgress: OnProgress;
}

const metadata = { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: "local" } };

type Handler = (call: TaskCall, workers: Workers) => unknown;

/** A handler whose arguments are read through a schema: what Step Functions would refuse, or does not know, fails here. */
const handler =
  <S extends z.ZodType>(schema: S, work: (args: z.infer<S>, call: TaskCall, workers: Workers) => unknown): Handler =>
  (call, workers) => {
    const args = schema.safeParse(call.arguments);
    if (args.success) return work(args.data, call, workers);
    throw new SimulationError(
      `State ${call.state} calls ${call.resource} with arguments that the local run time does not take:\n${z.prettifyError(args.error)}`,
    );
  };

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
const invoke = handler(
  z.strictObject({
    FunctionName: z.string(),
    Payload: z.unknown(),
    InvocationType: z.literal("RequestResponse").optional(),
  }),
  async ({ FunctionName, Payload = {} }, _call, { clients }) => {
    try {
      const answer = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(Payload) }));
      const text = answer.Payload?.transformToString() ?? "null";
      if (answer.FunctionError !== undefined) {
        const error = readLambdaError(text);
        throw new TaskError(error.errorType, JSON.stringify(error));
      }
      const payload: unknown = text === "" ? null : JSON.parse(text);
      return { ExecutedVersion: answer.ExecutedVersion ?? "$LATEST", Payload: payload, StatusCode: 200, ...metadata };
    } catch (error) {
      if (error instanceof LambdaServiceException) throw new TaskError(`Lambda.${error.name}`, error.message);
      throw error;
    }
  },
);

/** Glue's errors under the names of Step Functions' integration. */
function asTaskError(error: unknown): unknown {
  return error instanceof GlueError ? new TaskError(`Glue.${error.code}`, error.message) : error;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html: an interrupted task stops its run. */
const startJobRun = handler(
  z.strictObject({ JobName: z.string(), Arguments: z.record(z.string(), z.string()).default({}) }),
  async ({ JobName, Arguments }, { signal, submitted }, { jobs }) => {
    try {
      const { run, ended } = jobs.start(JobName, Arguments);
      submitted({ JobRunId: run.Id, ...metadata });
      const stop = (): void => void jobs.stop(JobName, run.Id);
      signal.addEventListener("abort", stop, { once: true });
      const end = await ended;
      signal.removeEventListener("abort", stop);
      if (end.JobRunState === "SUCCEEDED") return end;
      throw new TaskError("States.TaskFailed", JSON.stringify(end));
    } catch (error) {
      throw asTaskError(error);
    }
  },
);

const sync = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw asTaskError(error);
  }
};

/**
 * Answers when the crawl has ended, which takes milliseconds here: whoever polls for its end need not wait the seconds
 * that suit a real crawler.
 */
const startCrawler = handler(z.strictObject({ Name: z.string() }), async ({ Name }, _call, { crawlers }) => {
  await sync(() => crawlers.start(Name));
  return {};
});

const getCrawler = handler(z.strictObject({ Name: z.string() }), ({ Name }, _call, { crawlers }) => {
  const { LastCrawl, ...crawler } = sync(() => crawlers.get(Name));
  // SDK integrations have times as ISO 8601.
  return {
    Crawler: {
      ...crawler,
      ...(LastCrawl && { LastCrawl: { ...LastCrawl, StartTime: new Date(LastCrawl.StartTime).toISOString() } }),
    },
  };
});

const startQuery = handler(
  z.strictObject({
    QueryString: z.string(),
    WorkGroup: z.string(),
    QueryExecutionContext: z.looseObject({ Database: z.string() }),
    ClientRequestToken: z.string().optional(),
    ResultReuseConfiguration: z.unknown().optional(),
    ExecutionParameters: z.never().optional(),
  }),
  async ({ QueryString, WorkGroup, QueryExecutionContext: { Database } }, { submitted }, { queries }) => {
    const id = queries.start({ sql: QueryString, workgroup: WorkGroup, database: Database });
    submitted({ QueryExecutionId: id, ...metadata });
    const QueryExecution = await queries.ended(id);
    if (QueryExecution.Status.State === "SUCCEEDED") return { QueryExecution };
    throw new TaskError("States.TaskFailed", JSON.stringify({ QueryExecution }));
  },
);

const queryResults = handler(
  z.strictObject({ QueryExecutionId: z.string(), MaxResults: z.number().optional(), NextToken: z.string().optional() }),
  ({ QueryExecutionId, MaxResults, NextToken }, _call, { queries }) =>
    queries.results(QueryExecutionId, MaxResults, NextToken),
);

const publish = handler(
  z.strictObject({ TopicArn: z.string(), Subject: z.string().max(100).optional(), Message: z.unknown() }),
  async ({ TopicArn, Subject, Message }, _call, { clients, onProgress }) => {
    // Step Functions sends what is no text as JSON.
    const message = typeof Message === "string" ? Message : JSON.stringify(Message);
    try {
      const { MessageId } = await clients.sns.send(new PublishCommand({ TopicArn, Subject, Message: message }));
      onProgress({ kind: "alert", subject: Subject ?? "", message });
      return { MessageId: MessageId ?? randomUUID(), ...metadata };
    } catch (error) {
      if (error instanceof SNSServiceException) throw new TaskError(`SNS.${error.name}`, error.message);
      throw error;
    }
  },
);

const handlers: Readonly<Record<string, Handler>> = {
  "arn:aws:states:::lambda:invoke": invoke,
  "arn:aws:states:::glue:startJobRun.sync": startJobRun,
  "arn:aws:states:::aws-sdk:glue:startCrawler": startCrawler,
  "arn:aws:states:::aws-sdk:glue:getCrawler": getCrawler,
  "arn:aws:states:::athena:startQueryExecution.sync": startQuery,
  "arn:aws:states:::athena:getQueryResults": queryResults,
  "arn:aws:states:::sns:publish": publish,
};

export const integrations =
  (workers: Workers): Integration =>
  (call) => {
    const found = handlers[call.resource];
    workers.onProgress({ kind: "state", execution: call.execution.Name, name: call.state });
    if (found !== undefined) return found(call, workers);
    throw new SimulationError(
      `State ${call.state} calls ${call.resource}, which the local run time does not know. It knows ${Object.keys(handlers).join(", ")}; add it to local/integrations.ts.`,
    );
  };
