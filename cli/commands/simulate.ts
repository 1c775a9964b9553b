/** `lakehouse simulate`: runs a machine in this process, in virtual time, with mocks for what it calls. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import {
  InvalidDefinition,
  memoryObjects,
  readDefinition,
  simulate,
  SimulationError,
  type Integration,
  type Json,
  type Machine,
  type ObjectStore,
} from "../../workflow/simulator/index.ts";
import {
  checkTestCase,
  chooseTestCase,
  InvalidMocks,
  mockedServices,
  readMocks,
} from "../../workflow/simulator/mocks/index.ts";
import { namedDefinition, requireDefinition } from "../definition.ts";
import { UserError } from "../errors.ts";
import { readJsonArgument, readJsonFile } from "../json_file.ts";

export interface SimulateOptions {
  /** A JSON file, "-" for standard input, or the JSON itself; without it the input is `{}`. */
  readonly input?: string;
  /** A mock configuration file of Step Functions Local. */
  readonly mocks?: string;
  readonly testCase?: string;
  /** The machine's name in the mock file; without it the machine's own or its file's, else the only one. */
  readonly machineName?: string;
  /** A folder with what distributed Maps read from S3: in it a folder for each bucket. */
  readonly objects?: string;
}

/** What it prints, on one line: every key is there, null where the execution has none. */
export interface SimulateDocument {
  readonly status: string;
  readonly output: Json;
  readonly error: string | null;
  readonly cause: string | null;
  /** Names of the states, in the order of their entry. */
  readonly states: readonly string[];
}

/**
 * @param target a machine of this project, or a JSON file with a definition; `#NAME` after it names the test case
 * @throws {UserError} for files, mocks and definitions that can't be used, and for a Task that nothing stands in for
 */
export async function simulateMachine(
  target: string,
  options: SimulateOptions,
  signal: AbortSignal,
): Promise<SimulateDocument> {
  const { place, testCase } = readTarget(target);
  if (place === "-" && options.input === "-") {
    throw new UserError("the definition and the input can't both be standard input");
  }
  const wanted = { machine: options.machineName, testCase: options.testCase ?? testCase };
  if (options.mocks === undefined && (wanted.machine ?? wanted.testCase) !== undefined) {
    throw new UserError("a test case is of a file with mocks: give --mocks, too");
  }
  const named = await namedDefinition(place);
  requireDefinition(named);
  const { name, own, definition } = named;
  const machine = await explained(place, () => runnable(place, definition));
  const input = options.input === undefined ? {} : await readJsonArgument(options.input, "--input");
  const integrations = options.mocks === undefined ? unmocked : await mocked(options.mocks, { name, machine }, wanted);
  const objects = options.objects === undefined ? {} : { objects: await objectsIn(options.objects) };
  const result = await explained(place, () =>
    simulate(definition, { input, integrations, signal, ...objects, ...(own ? { name } : {}) }),
  );
  return {
    status: result.status,
    output: result.output ?? null,
    error: result.error ?? null,
    cause: result.cause ?? null,
    states: result.states,
  };
}

/** @throws {InvalidDefinition} and {UserError}, the latter where a `${Timeout}` or the like may be the reason */
function runnable(place: string, definition: unknown): Machine {
  try {
    return readDefinition(definition);
  } catch (error) {
    const [placeholder] = /\$\{[^{}]+\}/.exec(JSON.stringify(definition)) ?? [];
    if (!(error instanceof InvalidDefinition) || placeholder === undefined) throw error;
    throw new UserError(
      `${place}: ${error.message}\n` +
        `Deployment puts values into it, such as ${placeholder}: write them in, or simulate the deployed definition.`,
    );
  }
}

/** Step Functions Local's own way to name a test case: `Machine#TestCase`. */
function readTarget(target: string): { readonly place: string; readonly testCase: string | undefined } {
  if (existsSync(target)) return { place: target, testCase: undefined };
  const [, place, testCase] = /^([^]+)#([^#]+)$/.exec(target) ?? [];
  return place === undefined ? { place: target, testCase: undefined } : { place, testCase };
}

/** The files of a folder as `bucket/key`; what is written stays in memory. */
async function objectsIn(folder: string): Promise<ObjectStore> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const bodies = paths.map(async (path) => {
      const name = relative(folder, path).replaceAll(sep, "/");
      return [name, await readFile(path)] as const;
    });
    return memoryObjects(Object.fromEntries(await Promise.all(bodies)));
  } catch (error) {
    throw new UserError(`can't read the folder ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function mocked(
  path: string,
  { name, machine }: { readonly name: string; readonly machine: Machine },
  wanted: { readonly machine: string | undefined; readonly testCase: string | undefined },
): Promise<Integration> {
  const raw = await readJsonFile(path);
  return explained(path, () => {
    const config = readMocks(raw);
    const namesake = Object.hasOwn(config.machines, name) ? name : undefined;
    const testCase = chooseTestCase(config, { ...wanted, machine: wanted.machine ?? namesake });
    checkTestCase(machine, testCase);
    return mockedServices(testCase);
  });
}

function unmocked(call: { readonly state: string; readonly resource: string }): never {
  throw new SimulationError(
    `Task '${call.state}' (${call.resource}) runs and nothing stands in for it: give --mocks a file with its response.`,
  );
}

/** What the user can mend is shown with the name of the file that it is about. */
async function explained<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const theirs =
      error instanceof InvalidDefinition || error instanceof InvalidMocks || error instanceof SimulationError;
    throw theirs ? new UserError(`${file}: ${error.message}`) : error;
  }
}
