/** Athena's query executions: started, ended, and their results in pages, in the shape of Athena's API. */
import { randomUUID } from "node:crypto";
import { QueryError, type Athena, type QueryResult } from "./athena.ts";

export interface QueryRequest {
  readonly sql: string;
  readonly workgroup: string;
  readonly database: string;
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html, with times in milliseconds. */
export interface QueryExecution {
  readonly QueryExecutionId: string;
  readonly Query: string;
  readonly StatementType: "DML";
  readonly WorkGroup: string;
  readonly QueryExecutionContext: { readonly Database: string };
  readonly Status: {
    readonly State: "RUNNING" | "SUCCEEDED" | "FAILED";
    readonly SubmissionDateTime: number;
    readonly CompletionDateTime?: number;
    readonly StateChangeReason?: string;
    readonly AthenaError?: { readonly ErrorCategory: 2; readonly ErrorMessage: string; readonly Retryable: false };
  };
  readonly Statistics: { readonly EngineExecutionTimeInMillis: number };
}

interface Datum {
  readonly VarCharValue?: string;
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html: the first row is the header. */
export interface ResultPage {
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly Datum[] }[];
    readonly ResultSetMetadata: { readonly ColumnInfo: readonly Readonly<Record<string, unknown>>[] };
  };
  readonly UpdateCount: 0;
  readonly NextToken?: string;
}

/** Athena's API refused a request. */
export class InvalidRequestError extends Error {
  override readonly name = "InvalidRequestError";
}

export interface Queries {
  /** @returns the execution's id */
  start(request: QueryRequest): string;
  get(id: string): QueryExecution;
  ended(id: string): Promise<QueryExecution>;
  results(id: string, pageSize?: number, token?: string): ResultPage;
}

/** Athena's own limit. */
const largestPage = 1000;

const datum = (value: string | null): Datum => (value === null ? {} : { VarCharValue: value });

function columnInfo({ name: Name, type: Type }: QueryResult["columns"][number]): Readonly<Record<string, unknown>> {
  return {
    CatalogName: "hive",
    SchemaName: "",
    TableName: "",
    Name,
    Label: Name,
    Type,
    Precision: 0,
    Scale: 0,
    Nullable: "UNKNOWN",
    CaseSensitive: Type === "varchar",
  };
}

interface Entry {
  execution: QueryExecution;
  result: QueryResult | undefined;
  ended: Promise<QueryExecution>;
}

export function createQueries(athena: Athena): Queries {
  const entries = new Map<string, Entry>();

  function find(id: string): Entry {
    const entry = entries.get(id);
    if (entry === undefined) throw new InvalidRequestError(`QueryExecution ${id} was not found`);
    return entry;
  }

  async function run(entry: Entry, { sql, database }: QueryRequest): Promise<QueryExecution> {
    const { SubmissionDateTime } = entry.execution.Status;
    try {
      entry.result = await athena.query(sql, database);
      entry.execution = ending(entry.execution, { State: "SUCCEEDED", SubmissionDateTime });
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const AthenaError = { ErrorCategory: 2, ErrorMessage: error.message, Retryable: false } as const;
      const failed = { State: "FAILED", SubmissionDateTime, StateChangeReason: error.message, AthenaError } as const;
      entry.execution = ending(entry.execution, failed);
    }
    return entry.execution;
  }

  return {
    start(request) {
      const id = randomUUID();
      const execution: QueryExecution = {
        QueryExecutionId: id,
        Query: request.sql,
        StatementType: "DML",
        WorkGroup: request.workgroup,
        QueryExecutionContext: { Database: request.database },
        Status: { State: "RUNNING", SubmissionDateTime: Date.now() },
        Statistics: { EngineExecutionTimeInMillis: 0 },
      };
      const entry: Entry = { execution, result: undefined, ended: Promise.resolve(execution) };
      entry.ended = run(entry, request);
      // Who asks for the end hears of a broken engine; nobody has to ask.
      entry.ended.catch(() => undefined);
      entries.set(id, entry);
      return id;
    },
    get: (id) => find(id).execution,
    ended: (id) => find(id).ended,
    results(id, pageSize = largestPage, token) {
      const { result, execution } = find(id);
      if (result === undefined)
        throw new InvalidRequestError(
          `Query did not finish successfully. Final query state: ${execution.Status.State}`,
        );
      const rows = [result.columns.map(({ name }) => name), ...result.rows];
      const from = token === undefined ? 0 : Number(token);
      const to = from + pageSize;
      return {
        UpdateCount: 0,
        ResultSet: {
          Rows: rows.slice(from, to).map((row) => ({ Data: row.map(datum) })),
          ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) },
        },
        ...(to < rows.length && { NextToken: String(to) }),
      };
    },
  };
}

function ending(execution: QueryExecution, status: QueryExecution["Status"]): QueryExecution {
  const CompletionDateTime = Date.now();
  return {
    ...execution,
    Status: { ...status, CompletionDateTime },
    Statistics: { EngineExecutionTimeInMillis: CompletionDateTime - status.SubmissionDateTime },
  };
}
