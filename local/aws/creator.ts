/** How resources of the program become real on this machine: a table by Pulumi type token. */
import type * as z from "zod";
import type { SimulatorServer } from "../../workflow/simulator/server.ts";
import type { Clients } from "../clients.ts";
import type { Crawlers } from "../crawlers.ts";
import type { Jobs } from "../jobs.ts";
import type { ComputedOutputs, Place } from "./outputs.ts";

/** What resources are made on. */
export interface World extends Place {
  readonly clients: Clients;
  readonly stepFunctions: SimulatorServer;
  readonly jobs: Jobs;
  readonly crawlers: Crawlers;
  /** Variables that make a Lambda's SDK clients use this machine. */
  readonly lambdaEnvironment: Readonly<Record<string, string>>;
}

/** Makes one resource, or brings it to what the inputs say. @returns outputs that are known better than by computation */
export type Creator = (
  inputs: unknown,
  world: World,
  computed: ComputedOutputs,
) => Promise<Readonly<Record<string, unknown>>>;

/** A creator whose inputs are read through a schema; it names what it uses, the rest is the account's business. */
export const creator =
  <S extends z.ZodType>(
    schema: S,
    create: (
      inputs: z.infer<S>,
      world: World,
      computed: ComputedOutputs,
    ) => Promise<Readonly<Record<string, unknown>> | undefined>,
  ): Creator =>
  async (inputs, world, computed) =>
    (await create(schema.parse(inputs), world, computed)) ?? {};

/** For what nothing on this machine would look at; the reason says why. */
export const withoutEffect =
  (_reason: string): Creator =>
  () =>
    Promise.resolve({});

export type Creators = Readonly<Record<string, Creator>>;
