/** The operations of the API: their inputs, and how answers are made of machines and executions. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isObject } from "../json.ts";
import { ApiError, invalid } from "./api-error.ts";
import { readMachineArn } from "./arns.ts";
import { eventsOf, statusOf, type ExecutionRecord, type Executions } from "./executions.ts";
import type { Machines, Revision } from "./machines.ts";
import { page, pageFields, type Page } from "./paging.ts";
import { notRedrivable } from "./record.ts";

/** What operations work on. */
export interface Backend {
  readonly machines: Machines;
  readonly executions: Executions;
}

type Operation = (input: unknown, backend: Backend) => unknown;

const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;
const arn = z.string().min(1).max(256);

/** An operation whose input is checked before it sees it. */
function operation<T>(schema: z.ZodType<T>, work: (input: T, backend: Backend) => unknown): Operation {
  return (input, backend) => {
    const read = schema.safeParse(input);
    if (read.success) return work(read.data, backend);
    const [issue] = read.error.issues;
    const field = issue?.path.join(".") ?? "";
    const value = issue?.path.length === 1 && isObject(input) ? ` '${String(input[field])}'` : "";
    throw invalid(`Value${value} at '${field}' failed to satisfy constraint: ${issue?.message ?? "unknown"}`);
  };
}

function paged<T>(name: string, found: Page<T>, render: (item: T) => unknown): unknown {
  return { [name]: found.items.map(render), ...(found.nextToken === undefined ? {} : { nextToken: found.nextToken }) };
}

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

function describeMachine(revision: Revision): Record<string, unknown> {
  return {
    name: revision.name,
    definition: revision.definition,
    roleArn: revision.roleArn,
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: { enabled: false },
    revisionId: revision.revisionId,
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

const operations: Readonly<Record<string, Operation>> = {
  StartExecution: operation(
    z.object({ stateMachineArn: arn, name: z.string().optional(), input: z.string().default("{}") }),
    async ({ stateMachineArn, name, input }, { machines, executions }) => {
      const target = machines.target(stateMachineArn);
      const { executionArn, startDate } = await executions.start(target, name ?? randomUUID(), input);
      return { executionArn, startDate };
    },
  ),
  StopExecution: operation(
    z.object({
      executionArn: arn,
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).optional(),
    }),
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
  DescribeStateMachine: operation(z.object({ stateMachineArn: arn }), ({ stateMachineArn }, { machines }) => {
    const { revision, versionArn } = machines.target(stateMachineArn);
    const version = versionArn === undefined ? undefined : machines.version(versionArn);
    return {
      stateMachineArn: versionArn ?? revision.machineArn,
      ...describeMachine(revision),
      status: "ACTIVE",
      type: "STANDARD",
      creationDate: version?.creationDate ?? revision.date,
      description: version?.description,
    };
  }),
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
  ListStateMachines: operation(z.object(pageFields), (request, { machines }) =>
    paged(
      "stateMachines",
      page(machines.list(), request, ({ revision }) => revision.machineArn),
      ({ revision, creationDate }) => ({
        stateMachineArn: revision.machineArn,
        name: revision.name,
        type: "STANDARD",
        creationDate,
      }),
    ),
  ),
  ListStateMachineVersions: operation(
    z.object({ stateMachineArn: arn, ...pageFields }),
    ({ stateMachineArn, ...request }, { machines }) =>
      paged(
        "stateMachineVersions",
        page(machines.versions(stateMachineArn), request, (version) => version.stateMachineVersionArn),
        ({ stateMachineVersionArn, creationDate }) => ({ stateMachineVersionArn, creationDate }),
      ),
  ),
  ListStateMachineAliases: operation(
    z.object({ stateMachineArn: arn, ...pageFields }),
    ({ stateMachineArn, ...request }, { machines }) => {
      const { machineArn, qualifier } = readMachineArn(stateMachineArn);
      const aliases = machines
        .aliases(machineArn)
        .filter((alias) =>
          qualifier === undefined
            ? true
            : alias.routingConfiguration.some((route) => route.stateMachineVersionArn === stateMachineArn),
        );
      return paged(
        "stateMachineAliases",
        page(aliases, request, (alias) => alias.stateMachineAliasArn),
        ({ stateMachineAliasArn, creationDate }) => ({ stateMachineAliasArn, creationDate }),
      );
    },
  ),
  DescribeStateMachineAlias: operation(
    z.object({ stateMachineAliasArn: arn }),
    ({ stateMachineAliasArn }, { machines }) => machines.alias(stateMachineAliasArn),
  ),
};

/** Runs one request. @throws {ApiError} as the service answers */
export function run(name: string, input: unknown, backend: Backend): unknown {
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (found === undefined) {
    const known = Object.keys(operations).join(", ");
    throw new ApiError("UnknownOperationException", `The simulator has no operation '${name}'; it has ${known}.`);
  }
  return found(input, backend);
}
