/**
 * Step Functions' API on 127.0.0.1, in front of the interpreter and in real time: the AWS SDK and the AWS CLI work
 * with it through AWS_ENDPOINT_URL_SFN.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { TaskTokens } from "./callbacks.ts";
import { realClock } from "./clock.ts";
import { dispatcher, type Integration, type TaskHandler } from "./dispatch.ts";
import type { ObjectStore } from "./objects.ts";
import { randomUuid } from "./random.ts";
import { Activities } from "./server/activities.ts";
import { Executions } from "./server/executions.ts";
import { createHttpServer } from "./server/http.ts";
import { serverLauncher } from "./server/launcher.ts";
import { Machines, type Alias, type MachineInput, type Route } from "./server/machines.ts";
import { run } from "./server/operations.ts";
import type { StatusChange } from "./server/record.ts";
import { isActivity } from "./states/task-events.ts";
import { stepFunctionsResource } from "./step-functions.ts";
import { jsonLinesStore, noStore, type ExecutionStore } from "./server/store.ts";

export { ApiError } from "./server/api-error.ts";
export type { Alias, MachineInput, Route } from "./server/machines.ts";
export type { Ended, Started, StatusChange } from "./server/record.ts";
export type { ExecutionStore, StoredExecution } from "./server/store.ts";

export interface ServerOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** Default us-east-1. */
  readonly region?: string;
  /** Twelve digits, default 000000000000. */
  readonly account?: string;
  readonly integrations?: Integration;
  /** Handlers by state name, before `integrations`. */
  readonly tasks?: Readonly<Record<string, TaskHandler>>;
  readonly objects?: ObjectStore;
  /** Told of every start and every end, with the detail of EventBridge's "Step Functions Execution Status Change". */
  readonly onStatusChange?: (change: StatusChange) => unknown;
  /** What no request can be told: a failing status callback or store. Default: a process warning. */
  readonly onError?: (error: unknown) => void;
  /** A folder in which finished executions survive; without it and without `store` they live in memory. */
  readonly home?: string;
  readonly store?: ExecutionStore;
  readonly random?: () => number;
  /** How long GetActivityTask waits for a task, default 60. */
  readonly activityPollSeconds?: number;
}

export interface SimulatorServer {
  /** For AWS_ENDPOINT_URL_SFN, or the SDK client's `endpoint`. */
  readonly url: string;
  /** The same machine again changes nothing; another definition under the name is an error: update it. */
  createStateMachine(input: MachineInput): { readonly stateMachineArn: string; readonly creationDate: Date };
  updateStateMachine(
    stateMachineArn: string,
    change: Partial<Omit<MachineInput, "name" | "type">>,
  ): { readonly updateDate: Date };
  /** Publishing twice without a change in between gives the same version. */
  publishVersion(stateMachineArn: string, description?: string): { readonly stateMachineVersionArn: string };
  /** Creates the alias or moves it. */
  createAlias(input: {
    readonly name: string;
    readonly description?: string;
    readonly routingConfiguration: readonly Route[];
  }): Alias;
  /** Stops what runs (ABORTED), then the listening. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 until it is closed. */
export async function serve(options: ServerOptions = {}): Promise<SimulatorServer> {
  const place = { region: options.region ?? "us-east-1", account: options.account ?? "000000000000" };
  const random = options.random ?? Math.random;
  const onError =
    options.onError ??
    ((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
    });
  const store = options.store ?? (options.home === undefined ? noStore : jsonLinesStore(options.home));
  const uuid = (): string => randomUuid(random);
  const machines = new Machines(place, random);
  const activities = new Activities(place, options.activityPollSeconds);
  const tokens = new TaskTokens();
  const launcher = serverLauncher(machines, () => executions, uuid);
  const stepFunctions = stepFunctionsResource(realClock, launcher, tokens);
  const executions: Executions = new Executions({
    place,
    store,
    onError,
    onStatusChange: options.onStatusChange ?? (() => undefined),
    services: {
      clock: realClock,
      random,
      uuid,
      tokens,
      dispatch: dispatcher(
        options.tasks ?? {},
        (call) => (isActivity(call.resource) ? activities.run(call) : stepFunctions(call)),
        options.integrations,
      ),
      objects: options.objects,
    },
  });
  await executions.load();
  const server = createHttpServer(
    (operation, input) => run(operation, input, { machines, executions, activities, tokens }),
    onError,
  );
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${port(server.address())}`,
    createStateMachine: (input) => machines.create(input),
    updateStateMachine: (arn, change) => machines.update(arn, change),
    publishVersion: (arn, description) => machines.publish(arn, description),
    createAlias: (input) => machines.setAlias(input),
    close: async () => {
      activities.close();
      await executions.close();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

function port(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The simulator's server has no TCP port.");
  return address.port;
}
