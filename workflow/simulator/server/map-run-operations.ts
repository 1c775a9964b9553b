/** Operations on Map Runs. */
import { z } from "zod";
import { countsOf } from "../map-runs.ts";
import { arn, operation, paged, type Operations } from "./operation.ts";
import { page, pageFields } from "./paging.ts";

const date = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));
const mapRunArn = z.string().min(1).max(2000);

export const mapRunOperations: Operations = {
  DescribeMapRun: operation({ mapRunArn }, (request, { executions }) => {
    const mapRun = executions.findMapRun(request.mapRunArn);
    return {
      mapRunArn: mapRun.mapRunArn,
      executionArn: mapRun.executionArn,
      status: mapRun.status,
      startDate: date(mapRun.startTime),
      stopDate: date(mapRun.stopTime),
      maxConcurrency: mapRun.maxConcurrency,
      toleratedFailureCount: mapRun.toleratedFailureCount,
      toleratedFailurePercentage: mapRun.toleratedFailurePercentage,
      ...countsOf(mapRun),
      redriveCount: mapRun.redriveCount,
      redriveDate: date(mapRun.redriveTime),
    };
  }),
  ListMapRuns: operation({ executionArn: arn, ...pageFields }, (request, { executions }) =>
    paged(
      "mapRuns",
      page(executions.mapRunsOf(request.executionArn), request, (mapRun) => mapRun.mapRunArn),
      (mapRun) => ({
        mapRunArn: mapRun.mapRunArn,
        executionArn: mapRun.executionArn,
        stateMachineArn: mapRun.stateMachineArn,
        startDate: date(mapRun.startTime),
        stopDate: date(mapRun.stopTime),
      }),
    ),
  ),
};
