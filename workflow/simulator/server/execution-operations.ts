/** Operations on executions. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isObject } from "../json.ts";
import { eventsOf, statusOf, type ExecutionRecord } from "./executions.ts";
import { arn, errorFields, operation, paged, type Operations } from "./operation.ts";
import { page, pageFields } from "./paging.ts";
import { notRedrivable } from "./record.ts";

const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;

export const executionOperations: Operations = {
  StartExecution: operation(
    z.object({ stateMachineArn: arn, name: z.string().optional(), input: z.string().default("{}") }),
    async ({ stateMachineArn, name, input }, { machines, executions }) => {
      const target = machines.target(stateMachineArn);
      const { executionArn, startDate } = await executions.start(target, name ?? randomUUID(), input);
      return { executionArn, startDate };
    },
  ),
  StopExecution: operation(
    z.object({ executionArn: arn, ...errorFields }),
    async ({ executionArn, error, cause }, { executions }) => ({
      stopDate: await executions.stop(executionArn, error, cause),
    }),
  ),
  DescribeExecution: operation(z.object({ executionArn: arn }), ({ executionArn }, { executions }) =>
    describeExecution(executions.find(executionArn)),
  ),
  GetExecutionHistory: operation(
    z.object({
      executionArn: arn,
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.boolean().default(true),
      ...pageFields,
    }),
    ({ executionArn, reverseOrder, includeExecutionData, ...request }, { executions }) => {
      const events = eventsOf(executions.find(executionArn));
      const found = page(reverseOrder ? events.toReversed() : events, request, (event) => String(event.id));
      return paged("events", found, (event) => (includeExecutionData ? event : withoutPayloads(event)));
    },
  ),
  ListExecutions: operation(
    z.object({ stateMachineArn: arn, statusFilter: z.enum(statuses).optional(), ...pageFields }),
    ({ stateMachineArn, statusFilter, ...request }, { machines, executions }) => {
      machines.target(stateMachineArn);
      const records = executions
        .list()
        .filter((record) => belongsTo(record, stateMachineArn))
        .filter((record) => statusFilter === undefined || statusOf(record) === statusFilter);
      return paged(
        "executions",
        page(records, request, ({ started }) => started.executionArn),
        listed,
      );
    },
  ),
  DescribeStateMachineForExecution: operation(z.object({ executionArn: arn }), ({ executionArn }, { executions }) => {
    const { started } = executions.find(executionArn);
    return {
      stateMachineArn: started.stateMachineVersionArn ?? started.stateMachineArn,
      name: started.machineName,
      definition: started.definition,
      roleArn: started.roleArn,
      updateDate: started.startDate,
    };
  }),
};

function describeExecution(record: ExecutionRecord): unknown {
  const { started, ended } = record;
  return {
    executionArn: started.executionArn,
    stateMachineArn: started.stateMachineArn,
    stateMachineVersionArn: started.stateMachineVersionArn,
    stateMachineAliasArn: started.stateMachineAliasArn,
    name: started.name,
    status: statusOf(record),
    startDate: started.startDate,
    stopDate: ended?.stopDate,
    input: started.input,
    inputDetails: { included: true },
    output: ended?.output,
    outputDetails: ended?.output === undefined ? undefined : { included: true },
    error: ended?.error,
    cause: ended?.cause,
    ...notRedrivable,
  };
}

function listed(record: ExecutionRecord): unknown {
  const { started, ended } = record;
  return {
    executionArn: started.executionArn,
    stateMachineArn: started.stateMachineArn,
    stateMachineVersionArn: started.stateMachineVersionArn,
    stateMachineAliasArn: started.stateMachineAliasArn,
    name: started.name,
    status: statusOf(record),
    startDate: started.startDate,
    stopDate: ended?.stopDate,
    redriveCount: 0,
  };
}

/** `includeExecutionData: false` leaves payloads out, as where the reader may not see them. */
const payloads = new Set(["input", "output", "parameters", "assignedVariables"]);
function withoutPayloads(value: unknown): unknown {
  if (!isObject(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !payloads.has(key))
      .map(([key, member]) => [key, withoutPayloads(member)]),
  );
}

function belongsTo(record: ExecutionRecord, stateMachineArn: string): boolean {
  const { started } = record;
  return [started.stateMachineArn, started.stateMachineVersionArn, started.stateMachineAliasArn].includes(
    stateMachineArn,
  );
}
