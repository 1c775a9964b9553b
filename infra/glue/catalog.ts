/** The Glue Data Catalog: the database, the audit table, and the crawler that registers the Delta tables. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ServiceRole } from "../iam/service_role.ts";
import type { Names } from "../names.ts";
import type { Zone } from "../storage/zone.ts";
import { crawlerPermissions } from "./crawler_permissions.ts";
import { ingestFiles } from "./ingest_files.ts";

interface CatalogArgs {
  readonly names: Names;
  readonly processed: Zone;
  /** The names of all Delta tables. */
  readonly tables: readonly string[];
}

export class Catalog extends pulumi.ComponentResource {
  readonly database: pulumi.Output<string>;
  /** What a policy names of the catalog: itself, the database, and all tables of it. */
  readonly arns: Readonly<Record<"arn" | "catalogArn" | "tablesArn", string>>;
  readonly crawlerName: pulumi.Output<string>;
  readonly crawlerArn: pulumi.Output<string>;

  constructor(name: string, { names, processed, tables }: CatalogArgs) {
    super("lakehouse:glue:Catalog", name);
    const inCatalog = { parent: this };
    const database = new aws.glue.CatalogDatabase(
      "lakehouse",
      { name: names.database, description: `Tables of ${names.prefix}`, locationUri: processed.uri("processed/") },
      inCatalog,
    );
    this.database = database.name;
    this.arns = {
      arn: names.arn("glue", `database/${names.database}`),
      catalogArn: names.arn("glue", "catalog"),
      tablesArn: names.arn("glue", `table/${names.database}/*`),
    };
    new aws.glue.CatalogTable(
      "ingest-files",
      { databaseName: database.name, name: "ingest_files", ...ingestFiles(processed.uri("processed/ingest_files/")) },
      inCatalog,
    );
    const role = new ServiceRole(
      "crawler",
      {
        roleName: names.named("crawler"),
        description: `What the crawler of ${names.prefix} may do`,
        service: "glue.amazonaws.com",
        statements: crawlerPermissions(names, processed.bucketName, tables),
      },
      inCatalog,
    );
    const crawler = new aws.glue.Crawler(
      "delta-tables",
      {
        name: names.named("delta-tables"),
        description: "Registers new Delta tables and changed schemas; the machine starts it when there are any",
        role: role.arn,
        databaseName: database.name,
        // Native tables: Athena reads Delta's own log, so a commit is visible at once, without a crawl or a manifest.
        deltaTargets: [
          {
            deltaTables: tables.map((table) => processed.uri(`processed/${table}/`)),
            createNativeDeltaTable: true,
            writeManifest: false,
          },
        ],
        schemaChangePolicy: { updateBehavior: "UPDATE_IN_DATABASE", deleteBehavior: "LOG" },
      },
      inCatalog,
    );
    this.crawlerName = crawler.name;
    this.crawlerArn = crawler.arn;
    this.registerOutputs({ database: this.database, crawlerName: this.crawlerName });
  }
}
