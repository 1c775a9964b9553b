/**
 * Runs the Pulumi program without Pulumi's engine: its mocks may await real calls, so loading the program creates its
 * resources on this machine. A type or a call that is not known here is an error, never a guess.
 */
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { analytics } from "./aws/analytics.ts";
import type { Creators, World } from "./aws/creator.ts";
import { lambda } from "./aws/lambda.ts";
import { computedCall, computedOutputs } from "./aws/outputs.ts";
import { queues } from "./aws/queues.ts";
import { s3 } from "./aws/s3.ts";

const creators: Creators = { ...s3, ...queues, ...lambda, ...analytics };

/** The types of resources that this machine can make. */
export const creatableTypes: readonly string[] = Object.keys(creators);

export interface ProgramOptions {
  readonly program: () => Promise<unknown>;
  readonly project: string;
  readonly stack: string;
  /** `namespace:key` to text. */
  readonly config: Readonly<Record<string, string>>;
  readonly world: World;
}

const inputsSchema = z.record(z.string(), z.unknown());

const reason = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
};

/** Nobody goes on after a failure: what waits for the resource waits for ever, and the load ends with the failure. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

async function createResource(
  { type, name, inputs, custom }: pulumi.runtime.MockResourceArgs,
  world: World,
): Promise<pulumi.runtime.MockResourceResult> {
  const given = inputsSchema.parse(inputs);
  // A component is only a name for what stands inside it.
  if (custom !== true) return { id: undefined, state: given };
  const create = creators[type];
  if (create === undefined) {
    throw new Error(`its type is not known to the local run time: add it to local/aws/ and to local/aws/outputs.ts`);
  }
  const computed = computedOutputs(type, name, given, world);
  const state = { ...given, ...computed, ...(await create(given, world, computed)) };
  return { id: state.id, state };
}

/**
 * Makes everything that the program declares.
 * @returns the program's outputs
 * @throws Error that names the resource that could not be made, or what the program itself threw
 */
export async function runProgram({ program, project, stack, config, world }: ProgramOptions): Promise<unknown> {
  const { promise: failure, reject: fail } = Promise.withResolvers<never>();
  const end = (error: Error): void => {
    fail(error);
  };
  const stray = (error: unknown): void => {
    end(error instanceof Error ? error : new Error(String(error)));
  };
  await pulumi.runtime.setMocks(
    {
      async newResource(args) {
        try {
          return await createResource(args, world);
        } catch (error) {
          end(
            new Error(`${args.type} "${args.name}" can't be made on this machine: ${reason(error)}`, { cause: error }),
          );
          return never();
        }
      },
      call({ token }) {
        try {
          return computedCall(token, world);
        } catch (error) {
          stray(error);
          return never();
        }
      },
    },
    project,
    stack,
    false,
  );
  pulumi.runtime.setAllConfig({ ...config });
  // What a callback of an Output throws is nobody's promise but Node's.
  process.on("unhandledRejection", stray);
  try {
    const outputs = pulumi.runtime.runInPulumiStack(async () => {
      try {
        return await program();
      } catch (error) {
        stray(error);
        return never();
      }
    });
    const resolved = await Promise.race([outputs, failure]);
    // Resources that no output depends on are still on their way.
    await Promise.race([pulumi.runtime.disconnect(), failure]);
    process.off("unhandledRejection", stray);
    return resolved;
  } catch (error) {
    // What waits for ever now does so on purpose: Pulumi need not warn of it when the process ends. What it still rejects
    // comes of this error, so `stray` goes on listening: nobody should hear of that instead.
    await pulumi.runtime.setMocks({ newResource: never, call: never }, project, stack);
    throw error;
  }
}
