import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { explainExecution } from "../../../cli/commands/explain.ts";
import { UserError } from "../../../cli/errors.ts";
import { define, render } from "../../../workflow/dsl/index.ts";
import { lakehouse } from "../../../workflow/lakehouse.ts";
import { tokensIn } from "../../../workflow/dsl/tokens.ts";
import { simulate, TaskError } from "../../../workflow/simulator/index.ts";

describe("lakehouse explain", function () {
  // The lakehouse's Lambdas are bundled.
  this.timeout(60_000);

  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-explain-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("tells a failed run of the lakehouse from the load that failed to its end, with the program's lines", async () => {
    const { definition, sites } = await define(lakehouse);
    const names = Object.fromEntries([...tokensIn(definition)].map((token) => [token, token.replaceAll(".", "-")]));
    const glue = { JobName: "orders-dev", Id: "jr_1", ErrorMessage: "Command failed with exit code 1" };
    const lambda = {
      errorType: "LoadsFailed",
      errorMessage: "orders",
      trace: ["LoadsFailed: orders", "    at handler (/var/task/functions/verdicts.ts:20:11)"],
    };
    const failing = (error: string, cause: object) => (): never => {
      throw new TaskError(error, JSON.stringify(cause));
    };
    const { events } = await simulate(render(definition, names), {
      input: { batch: "b-1", manifest: "runs/b-1/manifest.json" },
      tasks: {
        CheckMarkers: () => ({
          Payload: { due: { orders: true, products: false, order_items: false }, files: "f", fresh: 1, createdAt: "" },
        }),
        LoadOrders: failing("States.TaskFailed", glue),
        Account: () => ({ Payload: { catalogStale: false, checks: "", settlements: 0, failures: [{}], rows: {} } }),
        FailLoads: failing("LoadsFailed", lambda),
        RecordFailure: () => ({ Payload: { alert: false, cause: "orders was not loaded", subject: "", message: "" } }),
      },
    });
    const file = join(folder, "history.json");
    await writeFile(file, JSON.stringify({ events }));

    const at = (state: string): string => `workflow/lakehouse.ts:${sites[state]?.line}:${sites[state]?.column}`;
    expect(await explainExecution("lakehouse", file, {})).to
      .equal(`The execution of lakehouse failed after 0 ms: IngestFailed: orders was not loaded

1. LoadOrders in branch #1 of Wave1 of Ingest failed: States.TaskFailed
   Command failed with exit code 1
   step    ${at("LoadOrders")}
   Its Catch[0] (States.ALL) took it, and TryOrders: caught came next.
   more    aws glue get-job-run --job-name orders-dev --run-id jr_1

2. FailLoads in Ingest failed: LoadsFailed
   orders
   step    ${at("FailLoads")}
   thrown  functions/verdicts.ts:20:11
   Ingest's Catch[0] (States.ALL) took it, and RecordFailure came next.
   more    aws logs tail /aws/lambda/lambda-FailLoads-arn

3. IngestFailed failed: IngestFailed
   orders was not loaded
   step    ${at("IngestFailed")}
   That ended the execution.
`);
    const document: unknown = JSON.parse(await explainExecution("lakehouse", file, { json: true }));
    expect(document).to.include({ status: "FAILED", error: "IngestFailed" });
  });

  it("refuses what is no history of the machine, by the file's name", async () => {
    const definition = join(folder, "mine.json");
    const history = join(folder, "history.json");
    await writeFile(definition, JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", End: true } } }));
    const { events } = await simulate({
      QueryLanguage: "JSONata",
      StartAt: "B",
      States: { B: { Type: "Pass", End: true } },
    });
    await writeFile(history, JSON.stringify({ events }));
    const empty = join(folder, "empty.json");
    await writeFile(empty, JSON.stringify({ events: [] }));
    const refusal = (machine: string, file: string): Promise<unknown> =>
      explainExecution(machine, file, {}).then(
        () => undefined,
        (error: unknown) => error,
      );
    for (const [machine, file, message] of [
      [definition, history, `${history}: this history is of another machine, or of this one at another time: `],
      [definition, definition, `${definition}: this is no history of an execution: `],
      [definition, empty, `${empty}: this history has no events: it is empty, or a page past its end`],
      ["-", "-", "the machine and the history can't both be standard input"],
    ] as const) {
      const error = await refusal(machine, file);
      expect(error).to.be.instanceOf(UserError);
      expect(error instanceof UserError && error.message.startsWith(message), String(error)).to.be.true;
    }
  });
});
