/** The executions of the state machine, of this process and of those before it. */
import { DescribeExecutionCommand, paginateListExecutions, type SFNClient } from "@aws-sdk/client-sfn";

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: Date;
  /** Null while it runs. */
  readonly stopDate: Date | null;
  /** How long it took, or has taken so far. */
  readonly seconds: number;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Newest first. */
export async function executionsOf(sfn: SFNClient, stateMachineArn: string): Promise<Execution[]> {
  const found: Execution[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
    for (const { executionArn, name = "", status = "", startDate = new Date(0), stopDate } of executions) {
      const ended = stopDate ?? new Date();
      const failed = status !== "RUNNING" && status !== "SUCCEEDED";
      const details = failed ? await sfn.send(new DescribeExecutionCommand({ executionArn })) : undefined;
      found.push({
        arn: executionArn ?? "",
        name,
        status,
        startDate,
        stopDate: stopDate ?? null,
        seconds: Math.round((ended.getTime() - startDate.getTime()) / 100) / 10,
        error: details?.error ?? null,
        cause: details?.cause ?? null,
      });
    }
  }
  return found.sort((one, other) => other.startDate.getTime() - one.startDate.getTime());
}
