/**
 * Glue's crawlers on this machine: they register Delta tables in the emulator's catalog as native Delta tables, which is
 * what Athena reads. https://docs.aws.amazon.com/glue/latest/dg/crawler-delta-lake.html
 */
import {
  CreateTableCommand,
  EntityNotFoundException,
  GetTableCommand,
  UpdateTableCommand,
  type GlueClient,
  type TableInput,
} from "@aws-sdk/client-glue";
import { QueryError, type Athena, type DeltaTable } from "./athena.ts";
import { GlueError } from "./jobs.ts";
import type { OnProgress } from "./progress.ts";

export interface CrawlerSpec {
  readonly name: string;
  readonly database: string;
  /** `s3://…` locations. */
  readonly deltaTables: readonly string[];
}

/** As GetCrawler returns it; times in milliseconds. */
export interface CrawlerState {
  readonly Name: string;
  readonly DatabaseName: string;
  readonly State: "READY" | "RUNNING";
  readonly Targets: { readonly DeltaTargets: readonly { readonly DeltaTables: readonly string[] }[] };
  readonly LastCrawl?: {
    readonly Status: "SUCCEEDED" | "FAILED";
    readonly StartTime: number;
    readonly ErrorMessage?: string;
  };
}

export interface Crawlers {
  /** Registers a crawler, and the tables that a former process left at its targets. */
  register(spec: CrawlerSpec): Promise<void>;
  /** Starts a crawl. @returns when it has ended, well or not @throws GlueError at once, if it is unknown or runs already */
  start(name: string): Promise<void>;
  /** @throws GlueError if it is unknown */
  get(name: string): CrawlerState;
}

/** The crawler names a table after the last folder of its location. */
const nameOf = (location: string): string => location.replace(/\/+$/, "").split("/").at(-1) ?? location;

/** What the crawler writes into the catalog: partition columns are plain columns, since Delta's log knows the files. */
export function tableInput(location: string, { columns, partitionColumns }: DeltaTable): TableInput {
  return {
    Name: nameOf(location),
    TableType: "EXTERNAL_TABLE",
    Parameters: {
      EXTERNAL: "TRUE",
      classification: "delta",
      table_type: "DELTA",
      "spark.sql.sources.provider": "delta",
      "delta.partitionColumns": partitionColumns.join(","),
    },
    PartitionKeys: [],
    StorageDescriptor: {
      Location: location,
      Columns: columns.map(({ name, type, comment }) => ({ Name: name, Type: type, Comment: comment })),
      InputFormat: "org.apache.hadoop.mapred.SequenceFileInputFormat",
      OutputFormat: "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
      SerdeInfo: { SerializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe" },
    },
  };
}

export function createCrawlers(glue: GlueClient, athena: Athena, onProgress: OnProgress): Crawlers {
  const specs = new Map<string, CrawlerSpec>();
  const states = new Map<string, CrawlerState>();

  async function exists(database: string, name: string): Promise<boolean> {
    try {
      await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
      return true;
    } catch (error) {
      if (error instanceof EntityNotFoundException) return false;
      throw error;
    }
  }

  /** @returns how many of the targets hold a table */
  async function crawl({ database, deltaTables }: CrawlerSpec): Promise<number> {
    let tables = 0;
    for (const location of deltaTables) {
      const delta = await athena.describe(location);
      if (delta === null) continue;
      tables += 1;
      const input = { DatabaseName: database, TableInput: tableInput(location, delta) };
      const known = await exists(database, nameOf(location));
      await (known ? glue.send(new UpdateTableCommand(input)) : glue.send(new CreateTableCommand(input)));
    }
    return tables;
  }

  function spec(name: string): CrawlerSpec {
    const found = specs.get(name);
    if (found === undefined)
      throw new GlueError("EntityNotFoundException", `Crawler entry with name ${name} does not exist`);
    return found;
  }

  const stateOf = ({ name, database, deltaTables }: CrawlerSpec): CrawlerState => ({
    Name: name,
    DatabaseName: database,
    State: "READY",
    Targets: { DeltaTargets: [{ DeltaTables: deltaTables }] },
  });

  async function run(crawler: CrawlerSpec): Promise<void> {
    const StartTime = Date.now();
    const before = states.get(crawler.name) ?? stateOf(crawler);
    states.set(crawler.name, { ...before, State: "RUNNING" });
    onProgress({ kind: "crawler", crawler: crawler.name, state: "RUNNING", tables: 0 });
    let tables = 0;
    let last: CrawlerState["LastCrawl"] = { Status: "SUCCEEDED", StartTime };
    try {
      tables = await crawl(crawler);
    } catch (error) {
      last = { Status: "FAILED", StartTime, ErrorMessage: error instanceof Error ? error.message : String(error) };
      onProgress({ kind: "warning", message: `The crawler ${crawler.name} failed: ${last.ErrorMessage ?? ""}` });
    }
    states.set(crawler.name, { ...stateOf(crawler), LastCrawl: last });
    onProgress({ kind: "crawler", crawler: crawler.name, state: "READY", tables });
  }

  return {
    async register(declared) {
      specs.set(declared.name, declared);
      states.set(declared.name, stateOf(declared));
      try {
        await crawl(declared);
      } catch (error) {
        // One damaged table must not keep the others from being used.
        if (!(error instanceof QueryError)) throw error;
        onProgress({
          kind: "warning",
          message: `The crawler ${declared.name} could not read its tables: ${error.message}`,
        });
      }
    },
    start(name) {
      const crawler = spec(name);
      if (states.get(name)?.State === "RUNNING") {
        throw new GlueError("CrawlerRunningException", `Crawler with name ${name} has already started`);
      }
      return run(crawler);
    },
    get: (name) => states.get(spec(name).name) ?? stateOf(spec(name)),
  };
}
