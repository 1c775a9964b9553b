/** Operations on executions. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isObject } from "../json.ts";
import { ApiError } from "./api-error.ts";
import { processorOf } from "./children.ts";
import { eventsOf, redriveOf, statusOf, type ExecutionRecord } from "./execution-record.ts";
import type { Revision } from "./machines.ts";
import { arn, errorFields, includedData, operation, paged, payload, type Operations } from "./operation.ts";
import { page, pageFields } from "./paging.ts";

const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const startFields = {
  stateMachineArn: arn,
  name: z.string().min(1).max(80).optional(),
  input: payload.default("{}"),
  /** Of X-Ray: it says nothing where tracing is off, as it is here. */
  traceHeader: z.string().max(256).optional(),
};
/** Of operations of which the service does not say what METADATA_ONLY leaves out. */
const allData = z.enum(["ALL_DATA"]).optional();

export const executionOperations: Operations = {
  StartExecution: operation(startFields, async ({ stateMachineArn, name, input }, { machines, executions }) => {
    const target = machines.target(stateMachineArn);
    if (target.revision.type === "EXPRESS") {
      const { execution } = executions.startExpress(target.revision, name ?? randomUUID(), input);
      return { executionArn: execution.identity.executionArn, startDate: new Date(execution.startTime) };
    }
    const { executionArn, startDate } = await executions.start(target, name ?? randomUUID(), input);
    return { executionArn, startDate };
  }),
  StartSyncExecution: operation(
    { ...startFields, includedData: allData },
    async ({ stateMachineArn, name, input }, { machines, executions }) => {
      const { revision } = machines.target(stateMachineArn);
      if (revision.type !== "EXPRESS") throw wrongType();
      const { execution, end } = executions.startExpress(revision, name ?? randomUUID(), input);
      const ended = await end;
      return {
        executionArn: execution.identity.executionArn,
        stateMachineArn: revision.machineArn,
        name: execution.name,
        startDate: new Date(execution.startTime),
        stopDate: new Date(execution.stopTime ?? execution.startTime),
        status: ended.status === "ABORTED" ? "FAILED" : ended.status,
        error: ended.error,
        cause: ended.cause,
        input,
        inputDetails: { included: true },
        output: ended.output === undefined ? undefined : JSON.stringify(ended.output),
        outputDetails: ended.output === undefined ? undefined : { included: true },
      };
    },
  ),
  RedriveExecution: operation(
    { executionArn: arn, clientToken: z.string().min(1).max(64).optional() },
    ({ executionArn, clientToken }, { executions }) => ({
      redriveDate: executions.redrive(executionArn, clientToken),
    }),
  ),
  StopExecution: operation(
    { executionArn: arn, ...errorFields },
    async ({ executionArn, error, cause }, { executions }) => ({
      stopDate: await executions.stop(executionArn, error, cause),
    }),
  ),
  DescribeExecution: operation({ executionArn: arn, includedData: allData }, ({ executionArn }, { executions }) =>
    describeExecution(executions.find(executionArn)),
  ),
  GetExecutionHistory: operation(
    {
      executionArn: arn,
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.boolean().default(true),
      ...pageFields,
    },
    (request, { executions }) => {
      const { executionArn, reverseOrder, includeExecutionData } = request;
      const events = eventsOf(executions.find(executionArn));
      const found = page(reverseOrder ? events.toReversed() : events, request, (event) => String(event.id));
      return paged("events", found, (event) => (includeExecutionData ? event : withoutPayloads(event)));
    },
  ),
  ListExecutions: operation(
    {
      stateMachineArn: arn.optional(),
      mapRunArn: z.string().min(1).max(2000).optional(),
      statusFilter: z.enum(statuses).optional(),
      redriveFilter: z.enum(["REDRIVEN", "NOT_REDRIVEN"]).optional(),
      ...pageFields,
    },
    (request, { machines, executions }) => {
      const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = request;
      if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
        throw new ApiError("ValidationException", "Exactly one of stateMachineArn and mapRunArn must be given");
      }
      if (stateMachineArn !== undefined) standard(machines.target(stateMachineArn).revision);
      if (stateMachineArn !== undefined && statusFilter === "PENDING_REDRIVE") {
        throw new ApiError(
          "ValidationException",
          "The statusFilter PENDING_REDRIVE can be given with a mapRunArn only",
        );
      }
      const all =
        mapRunArn === undefined
          ? executions.list().filter((record) => belongsTo(record, stateMachineArn ?? ""))
          : executions.childrenOf(mapRunArn);
      const records = all
        .filter((record) => statusFilter === undefined || statusOf(record) === statusFilter)
        .filter((record) => redriveFilter === undefined || redriveFilter === redrivenOf(record));
      return paged(
        "executions",
        page(records, request, ({ started }) => started.executionArn),
        listed,
      );
    },
  ),
  DescribeStateMachineForExecution: operation(
    { executionArn: arn, includedData },
    ({ executionArn, includedData: included }, { executions }) => {
      const { started, mapRun } = executions.find(executionArn);
      const { definition } = started;
      const own = mapRun === undefined ? definition : processorOf(definition, mapRun.state);
      return {
        stateMachineArn: started.stateMachineVersionArn ?? started.stateMachineArn,
        name: started.machineName,
        definition: included === "METADATA_ONLY" ? "{}" : own,
        roleArn: started.roleArn,
        updateDate: started.updateDate,
        revisionId: started.revisionId,
        mapRunArn: mapRun?.mapRunArn,
        label: mapRun?.label,
      };
    },
  ),
};

function wrongType(): ApiError {
  return new ApiError("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}

/** Executions of Express machines can't be looked at. */
function standard(revision: Revision): void {
  if (revision.type !== "STANDARD") throw wrongType();
}

function describeExecution(record: ExecutionRecord): unknown {
  const { started, ended, execution } = record;
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
    mapRunArn: execution?.mapRunArn,
    ...redriveOf(record),
  };
}

const redrivenOf = (record: ExecutionRecord): "REDRIVEN" | "NOT_REDRIVEN" =>
  redriveOf(record).redriveCount > 0 ? "REDRIVEN" : "NOT_REDRIVEN";

function listed(record: ExecutionRecord & { readonly itemCount?: number | undefined }): unknown {
  const { started, ended, mapRun, itemCount } = record;
  const { redriveCount, redriveDate } = redriveOf(record);
  return {
    executionArn: started.executionArn,
    stateMachineArn: started.stateMachineArn,
    stateMachineVersionArn: started.stateMachineVersionArn,
    stateMachineAliasArn: started.stateMachineAliasArn,
    name: started.name,
    status: statusOf(record),
    startDate: started.startDate,
    stopDate: ended?.stopDate,
    mapRunArn: mapRun?.mapRunArn,
    itemCount,
    redriveCount,
    redriveDate,
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
