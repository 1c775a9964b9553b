/** Operations on state machines, their versions and aliases. */
import { z } from "zod";
import { InvalidDefinition, type Diagnostic } from "../definition/diagnostic.ts";
import { readDefinition, type MachineType } from "../definition/read.ts";
import { maxDefinitionCharacters } from "../limits.ts";
import { readMachineArn } from "./arns.ts";
import type { Revision } from "./machines.ts";
import { arn, includedData, operation, paged, type Operations } from "./operation.ts";
import { page, pageFields } from "./paging.ts";

export const machineOperations: Operations = {
  ValidateStateMachineDefinition: operation(
    {
      definition: z.string().min(1).max(maxDefinitionCharacters),
      type: z.enum(["STANDARD", "EXPRESS"]).default("STANDARD"),
      severity: z.enum(["ERROR", "WARNING"]).default("ERROR"),
      maxResults: z.int().min(0).max(100).default(0),
    },
    ({ definition, type, maxResults }) => {
      const found = diagnosticsOf(definition, type);
      const diagnostics = found.slice(0, maxResults === 0 ? 100 : maxResults);
      return {
        result: found.length === 0 ? "OK" : "FAIL",
        diagnostics,
        truncated: diagnostics.length < found.length,
      };
    },
  ),
  DescribeStateMachine: operation(
    { stateMachineArn: arn, includedData },
    ({ stateMachineArn, includedData: included }, { machines }) => {
      const { revision, versionArn } = machines.target(stateMachineArn);
      const version = versionArn === undefined ? undefined : machines.version(versionArn);
      return {
        stateMachineArn: versionArn ?? revision.machineArn,
        ...describeMachine(revision),
        ...(included === "METADATA_ONLY" ? { definition: "{}" } : {}),
        status: "ACTIVE",
        type: revision.type,
        creationDate: version?.creationDate ?? revision.date,
        description: version?.description,
      };
    },
  ),
  ListStateMachines: operation(pageFields, (request, { machines }) =>
    paged(
      "stateMachines",
      page(machines.list(), request, ({ revision }) => revision.machineArn),
      ({ revision, creationDate }) => ({
        stateMachineArn: revision.machineArn,
        name: revision.name,
        type: revision.type,
        creationDate,
      }),
    ),
  ),
  ListStateMachineVersions: operation({ stateMachineArn: arn, ...pageFields }, (request, { machines }) =>
    paged(
      "stateMachineVersions",
      page(machines.versions(request.stateMachineArn), request, (version) => version.stateMachineVersionArn),
      ({ stateMachineVersionArn, creationDate }) => ({ stateMachineVersionArn, creationDate }),
    ),
  ),
  ListStateMachineAliases: operation({ stateMachineArn: arn, ...pageFields }, (request, { machines }) => {
    const { stateMachineArn } = request;
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
  }),
  DescribeStateMachineAlias: operation({ stateMachineAliasArn: arn }, ({ stateMachineAliasArn }, { machines }) =>
    machines.alias(stateMachineAliasArn),
  ),
};

function diagnosticsOf(definition: string, type: MachineType): readonly Diagnostic[] {
  try {
    readDefinition(definition, type);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.diagnostics;
    throw error;
  }
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
