/** A query of the lakehouse that another process keeps up, through Athena's API, as any of its clients would do it. */
import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { setTimeout as delay } from "node:timers/promises";
import { QueryError, type QueryResult } from "./athena.ts";
import type { Running } from "./running.ts";

const pollMilliseconds = 20;

async function succeeded(athena: AthenaClient, QueryExecutionId: string): Promise<void> {
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === "SUCCEEDED") return;
    if (State === "FAILED") throw new QueryError(StateChangeReason ?? "The query failed");
    await delay(pollMilliseconds);
  }
}

/** @throws QueryError */
export async function queryRunning({ endpoints, region, outputs }: Running, sql: string): Promise<QueryResult> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const athena = new AthenaClient({ endpoint: endpoints.analytics, region, credentials });
  try {
    const { QueryExecutionId = "" } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: outputs.workgroup,
        QueryExecutionContext: { Database: outputs.database },
      }),
    );
    await succeeded(athena, QueryExecutionId);
    let columns: QueryResult["columns"] = [];
    const rows: QueryResult["rows"] = [];
    for await (const { ResultSet } of paginateGetQueryResults({ client: athena }, { QueryExecutionId })) {
      columns = (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = "", Type = "" }) => ({
        name: Name,
        type: Type,
      }));
      for (const { Data = [] } of ResultSet?.Rows ?? [])
        rows.push(Data.map(({ VarCharValue }) => VarCharValue ?? null));
    }
    // The first row is the header.
    return { columns, rows: rows.slice(1) };
  } finally {
    athena.destroy();
  }
}
