/** Which Delta tables there are, and which of them the catalog does not know yet. */
import { paginateGetTables, GlueClient } from "@aws-sdk/client-glue";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { s3 } from "./objects.ts";

const glue = new GlueClient({});

/** Whether the table has a Delta log, in the processed bucket. */
export async function tableExists(bucket: string, table: string): Promise<boolean> {
  const { KeyCount } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `processed/${table}/_delta_log/`, MaxKeys: 1 }),
  );
  return (KeyCount ?? 0) > 0;
}

export async function existingTables(bucket: string, tables: readonly string[]): Promise<string[]> {
  const exist = await Promise.all(tables.map((table) => tableExists(bucket, table)));
  return tables.filter((_, index) => exist[index]);
}

/** The names of the tables in a Glue database. */
export async function catalogedTables(database: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { TableList } of paginateGetTables({ client: glue }, { DatabaseName: database })) {
    for (const { Name } of TableList ?? []) if (Name !== undefined) names.add(Name);
  }
  return names;
}
