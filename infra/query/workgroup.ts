/** Where Athena's queries run: the results' place, their encryption and the most that a query may scan are not the caller's to choose. */
import * as aws from "@pulumi/aws";
import type { Names } from "../names.ts";
import type { Zone } from "../storage/zone.ts";

interface WorkgroupArgs {
  readonly names: Names;
  readonly results: Zone;
  readonly scanLimitMegabytes: number;
}

/** The workgroup of people and of the machine's checks. */
export function workgroup({ names, results, scanLimitMegabytes }: WorkgroupArgs): aws.athena.Workgroup {
  return new aws.athena.Workgroup("queries", {
    name: names.prefix,
    description: "Queries of the lakehouse: its own checks, and analysts'",
    // A workgroup with queries in its history can't be deleted otherwise.
    forceDestroy: true,
    configuration: {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: scanLimitMegabytes * 1024 ** 2,
      engineVersion: { selectedEngineVersion: "Athena engine version 3" },
      resultConfiguration: {
        outputLocation: results.uri("athena-query-results/"),
        expectedBucketOwner: names.account,
        encryptionConfiguration: { encryptionOption: "SSE_S3" },
      },
    },
  });
}
