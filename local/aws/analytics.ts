/** Glue's catalog on the emulator; its jobs and crawlers, Athena's workgroups and Step Functions in this process. */
import {
  AlreadyExistsException,
  CreateDatabaseCommand,
  CreateTableCommand,
  UpdateTableCommand,
  type Column,
} from "@aws-sdk/client-glue";
import * as z from "zod";
import { creator, withoutEffect, type Creators } from "./creator.ts";

const columns = z.array(z.object({ name: z.string(), type: z.string(), comment: z.string().optional() }));
const inGlue = (given: z.infer<typeof columns>): Column[] =>
  given.map(({ name: Name, type: Type, comment: Comment }) => ({ Name, Type, Comment }));

const table = z.object({
  databaseName: z.string(),
  name: z.string(),
  tableType: z.string(),
  parameters: z.record(z.string(), z.string()),
  partitionKeys: columns.default([]),
  storageDescriptor: z.object({
    location: z.string(),
    inputFormat: z.string(),
    outputFormat: z.string(),
    serDeInfo: z.object({ serializationLibrary: z.string() }),
    columns,
  }),
});

const job = z.object({
  name: z.string(),
  command: z.object({ name: z.literal("glueetl"), scriptLocation: z.string() }),
  defaultArguments: z.record(z.string(), z.string()).default({}),
  timeout: z.number(),
  maxRetries: z.literal(0),
});

const crawler = z.object({
  name: z.string(),
  databaseName: z.string(),
  deltaTargets: z.array(z.object({ deltaTables: z.array(z.string()), createNativeDeltaTable: z.literal(true) })),
});

const machine = z.object({ name: z.string(), definition: z.string(), roleArn: z.string(), publish: z.literal(true) });

const alias = z.object({
  name: z.string(),
  routingConfigurations: z.array(z.object({ stateMachineVersionArn: z.string(), weight: z.number() })),
});

async function unlessThere(create: () => Promise<unknown>): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (error instanceof AlreadyExistsException) return false;
    throw error;
  }
}

export const analytics: Creators = {
  "aws:glue/catalogDatabase:CatalogDatabase": creator(
    z.object({ name: z.string(), locationUri: z.string().optional() }),
    async ({ name: Name, locationUri: LocationUri }, { clients }) => {
      await unlessThere(() => clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name, LocationUri } })));
      return {};
    },
  ),
  "aws:glue/catalogTable:CatalogTable": creator(table, async (inputs, { clients }) => {
    const { location, inputFormat, outputFormat, serDeInfo, columns: of } = inputs.storageDescriptor;
    const input = {
      DatabaseName: inputs.databaseName,
      TableInput: {
        Name: inputs.name,
        TableType: inputs.tableType,
        Parameters: inputs.parameters,
        PartitionKeys: inGlue(inputs.partitionKeys),
        StorageDescriptor: {
          Location: location,
          InputFormat: inputFormat,
          OutputFormat: outputFormat,
          SerdeInfo: { SerializationLibrary: serDeInfo.serializationLibrary },
          Columns: inGlue(of),
        },
      },
    };
    const created = await unlessThere(() => clients.glue.send(new CreateTableCommand(input)));
    if (!created) await clients.glue.send(new UpdateTableCommand(input));
    return {};
  }),
  "aws:glue/job:Job": creator(job, ({ name, command: { scriptLocation }, ...rest }, { jobs }) => {
    jobs.register({ name, scriptLocation, ...rest });
    return Promise.resolve({});
  }),
  "aws:glue/crawler:Crawler": creator(crawler, async ({ name, databaseName, deltaTargets }, { crawlers }) => {
    const deltaTables = deltaTargets.flatMap((target) => target.deltaTables);
    await crawlers.register({ name, database: databaseName, deltaTables });
    return {};
  }),
  "aws:athena/workgroup:Workgroup": withoutEffect("Queries go to one engine, without limits."),
  "aws:sfn/stateMachine:StateMachine": creator(machine, ({ name, definition, roleArn }, { stepFunctions }) => {
    const { stateMachineArn } = stepFunctions.createStateMachine({ name, definition, roleArn });
    const { stateMachineVersionArn } = stepFunctions.publishVersion(stateMachineArn);
    return Promise.resolve({ id: stateMachineArn, arn: stateMachineArn, stateMachineVersionArn });
  }),
  "aws:sfn/alias:Alias": creator(alias, ({ name, routingConfigurations: routingConfiguration }, { stepFunctions }) => {
    const { stateMachineAliasArn } = stepFunctions.createAlias({ name, routingConfiguration });
    return Promise.resolve({ id: stateMachineAliasArn, arn: stateMachineAliasArn });
  }),
};
