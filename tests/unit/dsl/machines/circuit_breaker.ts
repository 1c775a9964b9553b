/**
 * Asks a service only while its circuit is closed. One that fails three times opens its circuit for a minute.
 * https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/circuit-breaker.html
 */
import * as z from "zod";
import {
  AnyError,
  dynamoTable,
  eq,
  getItem,
  invoke,
  lambdaFunction,
  putItem,
  withDefault,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import { TaskError } from "../../../../workflow/simulator/index.ts";
import { example } from "./example.ts";

const stored = z.object({
  status: z.object({ S: z.enum(["OPEN", "CLOSED"]) }),
  /** Seconds since 1970. */
  until: z.object({ N: z.string() }),
});

const machine = workflow(
  "circuit_breaker",
  {
    input: z.object({ service: z.string(), now: z.number() }),
    resources: { circuits: dynamoTable(), service: lambdaFunction() },
  },
  (flow, { service, now }, aws) => {
    const { Item } = flow.task("GetCircuit", getItem(aws.circuits, { service: { S: service } }, { answer: stored }));
    const until = withDefault(Item.until.N, "0");
    const circuit = flow.lambda("IsOpen", { now, until }, (event) => ({ open: event.now < Number(event.until) }));
    return flow.if(
      "CircuitOpen",
      eq(circuit.open, true),
      (flow) => flow.fail("NotNow", { error: "CircuitOpen", cause: service }),
      (flow) =>
        flow
          .try("Call", (flow) =>
            flow.task("CallService", invoke(aws.service, { service }, { answer: z.object({ answer: z.string() }) }), {
              retry: [{ errors: ["States.TaskFailed", "States.Timeout"], interval: 1, maxAttempts: 2 }],
              timeout: 5,
            }),
          )
          .catch(AnyError, (flow, error) => {
            const opened = flow.lambda("InAMinute", { now }, (event) => String(event.now + 60));
            flow.task("OpenCircuit", putItem(aws.circuits, { service: { S: service }, until: { N: opened } }));
            return flow.fail("Opened", { error: error.Error, cause: error.Cause });
          }),
    );
  },
);

const input = { service: "stock", now: 1000 };
const circuit = (until: number): object => ({ Item: { status: { S: "OPEN" }, until: { N: String(until) } } });

export const circuitBreaker = example(machine, {
  "calls the service that has no circuit yet": {
    input,
    tasks: { GetCircuit: {}, CallService: { Payload: { answer: "yes" } } },
    output: { answer: "yes" },
    states: ["GetCircuit", "IsOpen", "CircuitOpen", "CallService"],
  },
  "calls it again after the minute": {
    input,
    tasks: { GetCircuit: circuit(1000), CallService: { Payload: { answer: "yes" } } },
    output: { answer: "yes" },
  },
  "leaves it alone while the circuit is open": {
    input,
    tasks: { GetCircuit: circuit(1001) },
    error: "CircuitOpen",
    states: ["GetCircuit", "IsOpen", "CircuitOpen", "NotNow"],
  },
  "opens the circuit after three failures": {
    input,
    tasks: { GetCircuit: {}, CallService: new TaskError("Lambda.Unknown", "down"), OpenCircuit: {} },
    error: "Lambda.Unknown",
    seconds: 3,
    asked: {
      OpenCircuit: [{ TableName: "${circuits.name}", Item: { service: { S: "stock" }, until: { N: "1060" } } }],
    },
  },
});
