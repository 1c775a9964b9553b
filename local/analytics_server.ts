/**
 * Athena's and Glue's APIs on loopback: jobs, crawlers and queries are answered here, whatever else Glue can do is passed
 * on to the emulator, which keeps the catalog. Both speak AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { Crawlers } from "./crawlers.ts";
import { GlueError, type Jobs } from "./jobs.ts";
import { InvalidRequestError, type Queries } from "./queries.ts";

export interface AnalyticsServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Backend {
  readonly jobs: Jobs;
  readonly crawlers: Crawlers;
  readonly queries: Queries;
  /** The emulator. */
  readonly upstream: string;
}

type Operation = (input: unknown, backend: Backend) => unknown;

const operation =
  <S extends z.ZodType>(schema: S, work: (input: z.infer<S>, backend: Backend) => unknown): Operation =>
  (input, backend) =>
    work(schema.parse(input), backend);

// Times in milliseconds become the protocol's seconds, by the names of their members.
const timeNames = /(?:On|Time|DateTime)$/;
const withSeconds = (name: string, value: unknown): unknown =>
  typeof value === "number" && timeNames.test(name) && name !== "ExecutionTime" ? value / 1000 : value;

const ofRun = z.object({ JobName: z.string(), RunId: z.string() });
const ofCrawler = z.object({ Name: z.string() });
const ofQuery = z.object({ QueryExecutionId: z.string() });

const operations: Readonly<Record<string, Operation>> = {
  "AWSGlue.StartJobRun": operation(
    z.object({ JobName: z.string(), Arguments: z.record(z.string(), z.string()).default({}) }),
    ({ JobName, Arguments }, { jobs }) => ({ JobRunId: jobs.start(JobName, Arguments).run.Id }),
  ),
  "AWSGlue.GetJobRun": operation(ofRun, ({ JobName, RunId }, { jobs }) => ({ JobRun: jobs.get(JobName, RunId) })),
  "AWSGlue.BatchStopJobRun": operation(
    z.object({ JobName: z.string(), JobRunIds: z.array(z.string()) }),
    async ({ JobName, JobRunIds }, { jobs }) => {
      for (const id of JobRunIds) await jobs.stop(JobName, id);
      return { SuccessfulSubmissions: JobRunIds.map((JobRunId) => ({ JobName, JobRunId })), Errors: [] };
    },
  ),
  "AWSGlue.StartCrawler": operation(ofCrawler, ({ Name }, { crawlers }) => {
    void crawlers.start(Name);
    return {};
  }),
  "AWSGlue.GetCrawler": operation(ofCrawler, ({ Name }, { crawlers }) => ({ Crawler: crawlers.get(Name) })),
  "AmazonAthena.StartQueryExecution": operation(
    z.object({
      QueryString: z.string(),
      WorkGroup: z.string().default("primary"),
      QueryExecutionContext: z.object({ Database: z.string().default("default") }).prefault({}),
    }),
    ({ QueryString: sql, WorkGroup: workgroup, QueryExecutionContext: { Database: database } }, { queries }) => ({
      QueryExecutionId: queries.start({ sql, workgroup, database }),
    }),
  ),
  "AmazonAthena.GetQueryExecution": operation(ofQuery, ({ QueryExecutionId }, { queries }) => ({
    QueryExecution: queries.get(QueryExecutionId),
  })),
  "AmazonAthena.GetQueryResults": operation(
    ofQuery.extend({ MaxResults: z.number().int().min(1).max(1000).optional(), NextToken: z.string().optional() }),
    ({ QueryExecutionId, MaxResults, NextToken }, { queries }) =>
      queries.results(QueryExecutionId, MaxResults, NextToken),
  ),
};

interface Answer {
  readonly status: number;
  readonly body: string;
}

function refusal(error: unknown): Answer {
  const refuse = (type: string, message: string, status = 400): Answer => ({
    status,
    body: JSON.stringify({ __type: type, message }),
  });
  if (error instanceof GlueError) return refuse(error.code, error.message);
  if (error instanceof InvalidRequestError) return refuse("InvalidRequestException", error.message);
  if (error instanceof z.ZodError) return refuse("InvalidInputException", z.prettifyError(error));
  return refuse("InternalServiceException", error instanceof Error ? error.message : String(error), 500);
}

async function answer(target: string, body: string, request: IncomingMessage, backend: Backend): Promise<Answer> {
  const found = operations[target];
  if (found !== undefined)
    return { status: 200, body: JSON.stringify(await found(JSON.parse(body), backend), withSeconds) };
  if (!target.startsWith("AWSGlue.")) throw new InvalidRequestError(`The local Athena has no operation ${target}`);
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": target,
    authorization: request.headers.authorization ?? "",
  };
  const passed = await fetch(backend.upstream, { method: "POST", headers, body });
  return { status: passed.status, body: await passed.text() };
}

/** Listens on 127.0.0.1 until it is closed. */
export async function serveAnalytics(backend: Backend): Promise<AnalyticsServer> {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = z.string().catch("").parse(request.headers["x-amz-target"]);
    const { status, body } = await text(request)
      .then((sent) => answer(target, sent, request, backend))
      .catch(refusal);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(body);
  }
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The analytics server has no TCP port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}
