/** Lambda functions on the emulator, from the same files that AWS gets. */
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  PutFunctionConcurrencyCommand,
  Runtime,
} from "@aws-sdk/client-lambda";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { filesOf } from "../assets.ts";
import { bootstrap } from "../lambda_errors.ts";
import { zip } from "../zip.ts";
import { creator, withoutEffect, type Creators } from "./creator.ts";

const lambdaFunction = z.object({
  name: z.string(),
  runtime: z.enum(Runtime),
  handler: z.string(),
  code: z.unknown(),
  role: z.string(),
  timeout: z.number(),
  memorySize: z.number(),
  reservedConcurrentExecutions: z.number().optional(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }).optional(),
});

const mapping = z.object({ eventSourceArn: z.string(), functionName: z.string(), batchSize: z.number().optional() });

const bootstrapSource = join(import.meta.dirname, "../lambda_bootstrap.cjs");

export const lambda: Creators = {
  "aws:lambda/function:Function": creator(lambdaFunction, async (inputs, { clients, lambdaEnvironment }) => {
    const { Version, FunctionArn } = await clients.lambda.send(
      new CreateFunctionCommand({
        FunctionName: inputs.name,
        Runtime: inputs.runtime,
        Handler: bootstrap.handler,
        Role: inputs.role,
        Timeout: inputs.timeout,
        MemorySize: inputs.memorySize,
        Code: { ZipFile: zip({ ...(await filesOf(inputs.code)), [bootstrap.file]: await readFile(bootstrapSource) }) },
        Environment: {
          Variables: { ...inputs.environment?.variables, ...lambdaEnvironment, [bootstrap.variable]: inputs.handler },
        },
        Publish: true,
      }),
    );
    if (Version === undefined || FunctionArn === undefined) throw new Error("The emulator published no version of it");
    const atOnce = inputs.reservedConcurrentExecutions;
    if (atOnce !== undefined) {
      const limit = { FunctionName: inputs.name, ReservedConcurrentExecutions: atOnce };
      await clients.lambda.send(new PutFunctionConcurrencyCommand(limit));
    }
    const arn = FunctionArn.replace(/:\d+$/, "");
    return { arn, version: Version, qualifiedArn: `${arn}:${Version}` };
  }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": creator(mapping, async (inputs, { clients }) => {
    const { UUID } = await clients.lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: inputs.eventSourceArn,
        FunctionName: inputs.functionName,
        BatchSize: inputs.batchSize,
        // AWS demands a window for batches over ten; the emulator takes it and does not wait.
        MaximumBatchingWindowInSeconds: 1,
      }),
    );
    return UUID === undefined ? {} : { uuid: UUID };
  }),
  "aws:iam/role:Role": withoutEffect("The emulator evaluates no policies."),
  "aws:iam/rolePolicy:RolePolicy": withoutEffect("The emulator evaluates no policies."),
};
