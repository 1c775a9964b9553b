import { ValidateStateMachineDefinitionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { InvalidDefinition, readDefinition } from "../../../workflow/simulator/index.ts";
import { before, branch, distributed, end, machine, run, task } from "./machines.ts";
import { closeAll, echo, setup } from "./servers.ts";

function findings(definition: unknown): readonly string[] {
  try {
    readDefinition(definition);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.findings;
    throw error;
  }
}
const only = (state: object): object => machine({ Only: state });
const inner = (assign: object): object => branch({ In: { Type: "Pass", Assign: assign, End: true } });
const setX = { Set: { Type: "Pass", Assign: { x: 1 }, Next: "All" } };

describe("At creation", () => {
  const cases: readonly (readonly [sentence: string, definition: unknown, expected: readonly string[]])[] = [
    [
      "$states.result is refused where there is none",
      only(task({ Arguments: { a: ["{% 1 + $states.result.b %}"] }, Output: "{% $states.result %}" })),
      ["/States/Only/Arguments/a/0: $states.result is only in Assign and Output of a Task, Parallel or Map"],
    ],
    [
      "$states.errorOutput is refused outside of catchers, however deep in an expression",
      machine({
        Work: {
          ...task({ Output: "{% $map([1], function($n) { $states.errorOutput }) %}" }),
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Done", Output: "{% $states.errorOutput.Error %}" }],
        },
        Done: { Type: "Succeed" },
      }),
      ["/States/Work/Output: $states.errorOutput is only in Assign and Output of a catcher"],
    ],
    [
      "$states can't be assigned",
      only({ Type: "Pass", Assign: { states: 1 }, Output: "{% ($states := 1; 2) %}", End: true }),
      [
        "/States/Only/Assign/states: 'states' is reserved: no variable can have that name",
        "/States/Only/Output: $states is reserved: an expression can't assign it",
      ],
    ],
    [
      "a variable's name is an identifier of at most 80 characters",
      only({ Type: "Pass", Assign: { "a-b": 1, ["x".repeat(81)]: 1, ["y".repeat(80)]: 1, größe_2: 1 }, End: true }),
      [
        "/States/Only/Assign/a-b: a variable's name begins with a letter and has only letters, digits and underscores",
        `/States/Only/Assign/${"x".repeat(81)}: a variable's name has at most 80 characters`,
      ],
    ],
    [
      "an inner scope can't assign an outer one's variable",
      machine({ ...setX, All: { Type: "Parallel", Branches: [inner({ x: 2 }), inner({ y: 2 })], End: true } }),
      ["/States/All/Branches/0/States/In/Assign/x: 'x' is a variable of an outer scope: an inner one can't assign it"],
    ],
    [
      "children of a distributed Map have variables of their own",
      machine({ ...setX, All: distributed({ In: { Type: "Pass", Assign: { x: 2 }, End: true } }) }),
      [],
    ],
    [
      "a JSONPath state's variable is named without the .$ of its path",
      branch({
        Set: { Type: "Pass", Assign: { "x.$": "$", "a-b.$": "$" }, Next: "All" },
        All: { Type: "Parallel", Branches: [inner({ "x.$": "$" }), inner({ "y.$": "$" })], End: true },
      }),
      [
        "/States/Set/Assign/a-b.$: a variable's name begins with a letter and has only letters, digits and underscores",
        "/States/All/Branches/0/States/In/Assign/x.$: 'x' is a variable of an outer scope: an inner one can't assign it",
      ],
    ],
    [
      "what looks like an expression is plain text to a JSONPath state",
      branch({ Only: { Type: "Pass", Result: ["{% 1 + %}", "{% $states.result %}"], End: true } }),
      [],
    ],
    [
      "expressions of JSONata states inside of a JSONPath state are looked at",
      branch({
        All: {
          Type: "Parallel",
          Branches: [branch({ In: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% 1 + %}", End: true } })],
          Next: "Each",
        },
        Each: {
          Type: "Map",
          ItemProcessor: branch({ In: { Type: "Succeed", QueryLanguage: "JSONata", Output: "{% 2 + %}" } }),
          End: true,
        },
      }),
      [
        "/States/All/Branches/0/States/In/Output: S0207: Unexpected end of expression in the expression '1 +'",
        "/States/Each/ItemProcessor/States/In/Output: S0207: Unexpected end of expression in the expression '2 +'",
      ],
    ],
    [
      "so are the members of $states that they name",
      branch({
        All: {
          Type: "Parallel",
          Branches: [
            branch({ In: { Type: "Succeed", QueryLanguage: "JSONata", Output: "{% $states.errorOutput %}" } }),
          ],
          End: true,
        },
      }),
      ["/States/All/Branches/0/States/In/Output: $states.errorOutput is only in Assign and Output of a catcher"],
    ],
    [
      "States.ALL stands alone and last",
      only(
        task({
          Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["E"] }],
          Catch: [{ ErrorEquals: ["E", "States.ALL"], Next: "Only" }],
        }),
      ),
      [
        "/States/Only/Retry/0/ErrorEquals: States.ALL stands last in Retry",
        "/States/Only/Catch/0/ErrorEquals: States.ALL stands alone",
      ],
    ],
    [
      "a heartbeat is shorter than the timeout",
      only(task({ TimeoutSeconds: 10, HeartbeatSeconds: 10 })),
      ["/States/Only/HeartbeatSeconds: must be smaller than TimeoutSeconds"],
    ],
    [
      "every state can be reached",
      machine({ Only: { Type: "Pass", End: true }, Lost: { Type: "Pass", Next: "Lost" } }),
      ["/States/Lost: no state leads to it"],
    ],
    [
      "a workflow ends somewhere",
      machine({
        One: { Type: "Pass", Next: "Two" },
        Two: { Type: "Pass", Next: "One" },
        Lost: { Type: "Pass", Next: "One" },
      }),
      ["/: the workflow has no terminal state"],
    ],
    [
      "CSV says where its header is",
      only(
        distributed(
          { Done: { Type: "Succeed" } },
          {
            ItemReader: {
              Resource: "arn:aws:states:::s3:getObject",
              ReaderConfig: { InputType: "CSV" },
              Arguments: { Bucket: "b", Key: "k" },
            },
          },
        ),
      ),
      ["/States/Only/ItemReader/ReaderConfig: InputType CSV needs CSVHeaderLocation"],
    ],
    [
      "a ResultWriter has something to write or a way to write it",
      only(distributed({ Done: { Type: "Succeed" } }, { ResultWriter: {} })),
      ["/States/Only/ResultWriter: needs Resource and Arguments, or WriterConfig"],
    ],
  ];
  for (const [sentence, definition, expected] of cases) {
    it(sentence, () => {
      expect(findings(definition)).to.deep.equal(expected);
    });
  }
});

describe("All variables of an execution together", () => {
  const input = "x".repeat(200_000);
  const assigning = (from: number): Record<string, unknown> => ({ [`v${from}`]: "{% $states.input %}" });
  const chain = (count: number): Record<string, object> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const state = { Type: "Pass", Assign: assigning(index), End: true };
        return [`Set${index}`, index === count - 1 ? state : before(`Set${index + 1}`, state)];
      }),
    );

  it("may take 10 MiB and no more", async () => {
    expect((await run(chain(52), { input })).status).to.equal("SUCCEEDED");
    expect(end(await run(chain(53), { input }))).to.deep.equal({
      status: "FAILED",
      error: "States.DataLimitExceeded",
      cause: "The state 'Set52' brought the execution's variables beyond 10485760 bytes.",
    });
  });

  it("are forgotten with their scope", async () => {
    const each = {
      Type: "Map",
      MaxConcurrency: 1,
      ItemProcessor: branch({
        Set: { Type: "Pass", Assign: { v: "{% $states.context.Execution.Input[0] %}" }, Output: 0, End: true },
      }),
      End: true,
    };
    expect((await run({ Each: each }, { input: [input, ...Array.from({ length: 60 }, () => 0)] })).status).to.equal(
      "SUCCEEDED",
    );
  });
});

describe("ValidateStateMachineDefinition", () => {
  afterEach(closeAll);

  it("answers with codes, places and messages, as many as asked for", async () => {
    const { client } = await setup();
    const validate = (definition: unknown, more: object = {}): Promise<unknown> =>
      client
        .send(new ValidateStateMachineDefinitionCommand({ definition: JSON.stringify(definition), ...more }))
        .then(({ $metadata, ...answer }) => ({ ...answer, ok: $metadata.httpStatusCode }));
    expect(await validate(echo)).to.deep.equal({ ok: 200, result: "OK", diagnostics: [], truncated: false });
    const bad = machine({
      Only: { Type: "Pass", Next: "Gone", Output: "{% 1 + %}" },
      Done: { Type: "Succeed" },
    });
    const lost = {
      severity: "ERROR",
      code: "MISSING_TRANSITION_TARGET",
      location: "/States/Only",
      message: "leads to 'Gone', which is no state beside it",
    };
    const unreached = { ...lost, location: "/States/Done", message: "no state leads to it" };
    expect(await validate(bad)).to.deep.equal({
      ok: 200,
      result: "FAIL",
      truncated: false,
      diagnostics: [
        lost,
        unreached,
        {
          severity: "ERROR",
          code: "SCHEMA_VALIDATION_FAILED",
          location: "/States/Only/Output",
          message: "S0207: Unexpected end of expression in the expression '1 +'",
        },
      ],
    });
    expect(await validate(bad, { maxResults: 1 })).to.deep.include({ diagnostics: [lost], truncated: true });
    const job = only(task({ Resource: "arn:aws:states:::glue:startJobRun.sync" }));
    expect(await validate(job, { type: "EXPRESS" })).to.have.property("result", "FAIL");
  });
});
