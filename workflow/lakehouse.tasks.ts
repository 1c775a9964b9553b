/**
 * What the Tasks of the machine "lakehouse" get and yield, for its mocks: `mocksOf<LakehouseTasks>(…)`.
 * Made from lakehouse.ts by `npm run lakehouse -- types lakehouse --write`: change that, and make this anew.
 */
export interface LakehouseTasks {
  readonly CheckMarkers: {
    readonly event: {
      batch: string;
      manifest: string;
      buckets: {
        raw: string;
        processed: string;
        archive: string;
      };
      datasets: {
        name: string;
        lineage: string[];
      }[];
    };
    readonly result: {
      createdAt: string;
      files: string;
      fresh: number;
      due: Record<string, boolean>;
    };
  };
  readonly [task: `Load${string}`]: {
    readonly event: {
      JobName: string;
      Arguments: {
        "--batch": string;
        "--files": string;
        "--report": string;
      };
    };
    readonly result: {
      Id: string;
      JobRunState: string;
    };
  };
  readonly Account: {
    readonly event: {
      batch: string;
      files: string;
      bucket: string;
      database: string;
      loads: {
        dataset: string;
        outcome: "failed" | "loaded" | "unchanged";
        error?: {
          Error?: string;
          Cause?: string;
        };
      }[];
    };
    readonly result: {
      settle: string;
      settlements: number;
      catalogStale: boolean;
      checks: string;
      rows: Record<string, number>;
      failures: string[];
    };
  };
  readonly StartCrawler: {
    readonly event: {
      Name: string;
    };
    readonly result: Record<string, never>;
  };
  readonly GetCrawler: {
    readonly event: {
      Name: string;
    };
    readonly result: {
      Crawler?: {
        Name?: string;
        Role?: string;
        Targets?: {
          S3Targets?: {
            Path?: string;
            Exclusions?: string[];
            ConnectionName?: string;
            SampleSize?: number;
            EventQueueArn?: string;
            DlqEventQueueArn?: string;
          }[];
          JdbcTargets?: {
            ConnectionName?: string;
            Path?: string;
            Exclusions?: string[];
            EnableAdditionalMetadata?: ("COMMENTS" | "RAWTYPES")[];
          }[];
          MongoDBTargets?: {
            ConnectionName?: string;
            Path?: string;
            ScanAll?: boolean;
          }[];
          DynamoDBTargets?: {
            Path?: string;
            ScanAll?: boolean;
            ScanRate?: number;
          }[];
          CatalogTargets?: {
            DatabaseName?: string;
            Tables?: string[];
            ConnectionName?: string;
            EventQueueArn?: string;
            DlqEventQueueArn?: string;
          }[];
          DeltaTargets?: {
            DeltaTables?: string[];
            ConnectionName?: string;
            WriteManifest?: boolean;
            CreateNativeDeltaTable?: boolean;
          }[];
          IcebergTargets?: {
            Paths?: string[];
            ConnectionName?: string;
            Exclusions?: string[];
            MaximumTraversalDepth?: number;
          }[];
          HudiTargets?: {
            Paths?: string[];
            ConnectionName?: string;
            Exclusions?: string[];
            MaximumTraversalDepth?: number;
          }[];
        };
        DatabaseName?: string;
        Description?: string;
        Classifiers?: string[];
        RecrawlPolicy?: {
          RecrawlBehavior?: "CRAWL_EVENT_MODE" | "CRAWL_EVERYTHING" | "CRAWL_NEW_FOLDERS_ONLY";
        };
        SchemaChangePolicy?: {
          UpdateBehavior?: "LOG" | "UPDATE_IN_DATABASE";
          DeleteBehavior?: "DELETE_FROM_DATABASE" | "DEPRECATE_IN_DATABASE" | "LOG";
        };
        LineageConfiguration?: {
          CrawlerLineageSettings?: "DISABLE" | "ENABLE";
        };
        State?: "READY" | "RUNNING" | "STOPPING";
        TablePrefix?: string;
        Schedule?: {
          ScheduleExpression?: string;
          State?: "NOT_SCHEDULED" | "SCHEDULED" | "TRANSITIONING";
        };
        CrawlElapsedTime?: number;
        CreationTime?: string;
        LastUpdated?: string;
        LastCrawl?: {
          Status?: "CANCELLED" | "FAILED" | "SUCCEEDED";
          ErrorMessage?: string;
          LogGroup?: string;
          LogStream?: string;
          MessagePrefix?: string;
          StartTime?: string;
        };
        Version?: number;
        Configuration?: string;
        CrawlerSecurityConfiguration?: string;
        LakeFormationConfiguration?: {
          UseLakeFormationCredentials?: boolean;
          AccountId?: string;
        };
        CatalogId?: string;
      };
    };
  };
  readonly Validate: {
    readonly event: {
      QueryString: string;
      WorkGroup: string;
      QueryExecutionContext: {
        Database: string;
      };
    };
    readonly result: {
      table_name: string;
      row_count: string;
      key_count: string;
      orphan_count: string;
    }[];
  };
  readonly CompareTables: {
    readonly event: {
      found: {
        table_name: string;
        row_count: string;
        key_count: string;
        orphan_count: string;
      }[];
      recorded: Record<string, number>;
    };
    readonly result: null;
  };
  readonly ArchiveAndMark: {
    readonly event: {
      files: {
        rows_in: number;
        loaded: number;
        duplicate: number;
        rejected: number;
        pending: number;
        key: string;
        dataset: string | null;
        versionId: string;
        version: string;
        status: "archived" | "quarantined" | "skipped";
        reason: string | null;
        sample: Record<string, unknown>[];
        rules: Record<string, number>;
        unknown_columns: string[];
        table_versions: Record<string, number>;
      }[];
      batch: string;
      createdAt: string;
      runId: string;
      buckets: {
        raw: string;
        processed: string;
        archive: string;
      };
      topic: string;
    };
    readonly result: {
      settled: number;
    };
  };
  readonly FailLoads: {
    readonly event: {
      failures: string[];
    };
    readonly result: null;
  };
  readonly RecordFailure: {
    readonly event: {
      batch: string;
      manifest: string;
      buckets: {
        raw: string;
        processed: string;
        archive: string;
      };
      executionArn: string;
      runId: string;
      error: {
        Error: string;
        Cause: string;
      };
    };
    readonly result: {
      alert: boolean;
      subject: string;
      message: string;
      cause: string;
    };
  };
  readonly Alert: {
    readonly event: {
      TopicArn: string;
      Subject: string;
      Message: string;
    };
    readonly result: {
      MessageId: string;
    };
  };
}
