/** A server with a client of the real SDK for the tests of the simulator's API. */
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import {
  serve,
  type ServerOptions,
  type SimulatorServer,
  type StatusChange,
} from "../../../workflow/simulator/server.ts";
import { machine, task } from "./machines.ts";

export const roleArn = "arn:aws:iam::000000000000:role/machine";
export const echo = machine({ Echo: { Type: "Pass", Output: { echo: "{% $states.input %}" }, End: true } });
export const sleepy = machine({ Work: task() });

/** A server with a client of the real SDK, both gone at the end of the test. */
export interface Setup {
  readonly server: SimulatorServer;
  readonly client: SFNClient;
  readonly changes: StatusChange[];
  readonly echoArn: string;
  readonly sleepyArn: string;
}

const open: Setup[] = [];

export async function setup(options: ServerOptions = {}): Promise<Setup> {
  const changes: StatusChange[] = [];
  const server = await serve({
    tasks: { Work: (_args, { sleep }) => sleep(3600) },
    onStatusChange: (change) => changes.push(change),
    ...options,
  });
  const { stateMachineArn: echoArn } = server.createStateMachine({ name: "echo", definition: echo, roleArn });
  const { stateMachineArn: sleepyArn } = server.createStateMachine({ name: "sleepy", definition: sleepy, roleArn });
  const client = new SFNClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const made = { server, client, changes, echoArn, sleepyArn };
  open.push(made);
  return made;
}

export async function ended(client: SFNClient, executionArn: string | undefined): Promise<string | undefined> {
  for (;;) {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== "RUNNING") return status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("Expected the request to fail.");
}

/** For afterEach: closes all clients and servers of the test. */
export async function closeAll(): Promise<void> {
  for (const { client, server } of open.splice(0)) {
    client.destroy();
    await server.close();
  }
}
