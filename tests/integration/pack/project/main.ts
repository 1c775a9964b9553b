/** Compiles the workflow, simulates it with its own bundle as the Lambda, serves it, and prints what came of it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { diff, machineOf, mermaid, validate } from "ecommerce-lakehouse/definition";
import { BundleError, compile, tasksFile, type LambdaBundle, type OutputOf } from "ecommerce-lakehouse/workflow";
import { simulate, type Json, type SimulationResult } from "ecommerce-lakehouse/simulator";
import { chooseTestCase, mockedServices, readMocks } from "ecommerce-lakehouse/simulator/mocks";
import { serve } from "ecommerce-lakehouse/simulator/server";
import { capturesDsl } from "./captures_dsl.ts";
import { orders } from "./orders.ts";

/** Runs a bundle as AWS Lambda does: a CommonJS file by itself, in a folder without packages. */
function handlerOf({ code, map }: LambdaBundle): (event: Json) => Promise<Json> {
  const folder = mkdtempSync(join(import.meta.dirname, "lambda-"));
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "index.js"), code);
  writeFileSync(join(folder, "index.js.map"), map);
  const { handler } = createRequire(import.meta.url)(join(folder, "index.js")) as {
    handler: (event: Json) => Promise<Json>;
  };
  return handler;
}

const { definition, lambdas, permissions, sites } = await compile(orders);
const [sum] = lambdas;
if (sum === undefined) throw new Error("the workflow has no Lambda");
const handler = handlerOf(sum.bundle);

const run = (price: number): Promise<SimulationResult> =>
  simulate(definition, {
    input: { customer: "Ada", lines: [{ price, quantity: 3 }] },
    tasks: {
      Sum: async ({ Payload }: { Payload: Json }) => ({ Payload: await handler(Payload) }),
      Approve: () => ({ Payload: { by: "Grace" } }),
    },
  });
const results = [await run(0.1), await run(99.95)].map(({ status, states, output }) => ({ status, states, output }));
// The output's type crosses the package's border, too.
const wanted: OutputOf<typeof orders> = { message: "Ada: EUR", cents: 30 };

const mocks = {
  StateMachines: { orders: { TestCases: { Small: { Sum: "Five" } } } },
  MockedResponses: { Five: { "0": { Return: { Payload: { cents: 500, currency: "EUR" } } } } },
};
const { output: mocked } = await simulate(definition, {
  input: { customer: "Ada", lines: [] },
  integrations: mockedServices(chooseTestCase(readMocks(mocks))),
});

const server = await serve();
const { stateMachineArn } = server.createStateMachine({
  name: "orders",
  definition: JSON.stringify(definition),
  roleArn: "arn:aws:iam::000000000000:role/orders",
});
await server.close();

const refusal = await compile(capturesDsl).then(
  () => "compiled",
  (error: unknown) => (error instanceof BundleError ? error.message : String(error)),
);

process.stdout.write(
  JSON.stringify({
    results,
    wanted,
    stateMachineArn,
    refusal,
    permissions,
    mocked,
    problems: validate({ ...definition, StartAt: "Nowhere" }).map(({ code }) => code),
    changes: diff(machineOf(definition), machineOf({ ...definition, TimeoutSeconds: 5 })).length,
    picture: mermaid(machineOf(definition)),
    types: tasksFile(orders, "npm run types"),
    approveAt: sites["Approve"],
    source: sum.bundle.source,
    modules: (JSON.parse(sum.bundle.map) as { sources: string[] }).sources,
    entry: import.meta.resolve("ecommerce-lakehouse/workflow"),
  }),
);
