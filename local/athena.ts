/** Athena on this machine: DuckDB answers, over tables as the emulator's Glue catalog describes them. */
import {
  EntityNotFoundException,
  GetTableCommand,
  type Column,
  type GlueClient,
  type Table,
} from "@aws-sdk/client-glue";
import { join } from "node:path";
import * as z from "zod";
import type { Home } from "./home.ts";
import { RefusedError, startLineProcess } from "./lines.ts";

/** Why a query failed, in Athena's words: `CODE: what happened`. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

const queryResult = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.string().nullable())),
});
/** Rows have all values as text, as Athena's own results do; null is null. */
export type QueryResult = z.infer<typeof queryResult>;

const deltaTable = z.object({
  version: z.number(),
  partitionColumns: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), type: z.string(), comment: z.string() })),
});
/** A Delta table as its log describes it, with Hive's names of types. */
export type DeltaTable = z.infer<typeof deltaTable>;

export interface Athena {
  readonly ready: Promise<void>;
  /** @throws QueryError */
  query(sql: string, database: string): Promise<QueryResult>;
  /** Null if there is no Delta log at the `s3://` location. */
  describe(location: string): Promise<DeltaTable | null>;
  end(): Promise<void>;
}

const references = z.array(z.object({ database: z.string(), name: z.string() }));

const columnsOf = (columns: Column[] | undefined): { name: string; type: string }[] =>
  (columns ?? []).map(({ Name, Type }) => ({ name: Name ?? "", type: Type ?? "string" }));

function formatOf({ Parameters = {}, StorageDescriptor }: Table): string {
  if (Parameters.table_type?.toUpperCase() === "DELTA") return "delta";
  return Parameters.classification ?? StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? "unknown";
}

export interface AthenaOptions {
  readonly home: Home;
  readonly projectDir: string;
  readonly endpoint: string;
  readonly region: string;
  readonly glue: GlueClient;
}

export function startAthena({ home, projectDir, endpoint, region, glue }: AthenaOptions): Athena {
  const worker = startLineProcess("Athena's engine", {
    projectDir,
    args: ["-m", "lakehouse_local.athena", JSON.stringify({ endpoint, region })],
    env: {},
    log: join(home.logs, "athena.log"),
    graceSeconds: 2,
  });

  async function lookUp({ database, name }: z.infer<typeof references>[number]): Promise<object | null> {
    try {
      const { Table: table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
      if (table === undefined) return null;
      return {
        location: table.StorageDescriptor?.Location ?? "",
        format: formatOf(table),
        columns: columnsOf(table.StorageDescriptor?.Columns),
        partitionKeys: columnsOf(table.PartitionKeys),
      };
    } catch (error) {
      if (error instanceof EntityNotFoundException) return null;
      throw error;
    }
  }

  async function ask(method: string, params: Record<string, unknown>): Promise<unknown> {
    try {
      return await worker.request(method, params);
    } catch (error) {
      if (error instanceof RefusedError && error.refusal === "QueryError") throw new QueryError(error.message);
      throw error;
    }
  }

  return {
    ready: worker.ready,
    async query(sql, database) {
      const named = references.parse(await ask("references", { sql, database }));
      const tables = await Promise.all(named.map(lookUp));
      return queryResult.parse(await ask("query", { sql, database, tables }));
    },
    describe: async (location) => deltaTable.nullable().parse(await ask("describe", { location })),
    end: () => worker.end(),
  };
}
