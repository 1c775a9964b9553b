import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { simulateMachine, type SimulateOptions } from "../../../cli/commands/simulate.ts";
import { parseJson } from "../../../cli/json_file.ts";

const { signal } = new AbortController();
const resource = "arn:aws:states:::lambda:invoke";

/** The machine of AWS's own page on mocks. */
const lambdaThenQueue = {
  StartAt: "LambdaState",
  States: {
    LambdaState: {
      Type: "Task",
      Resource: resource,
      Parameters: { FunctionName: "HelloWorldFunction", "Payload.$": "$" },
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 600, MaxAttempts: 3 }],
      OutputPath: "$.Payload",
      Next: "SQSState",
    },
    SQSState: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/myQueue", "MessageBody.$": "$" },
      End: true,
    },
  },
};
const busy = { Throw: { Error: "Lambda.ResourceNotReadyException", Cause: "Lambda resource is not ready." } };
const hello = { Return: { StatusCode: 200, Payload: { body: "Hello from Lambda!" } } };
const mocks = {
  StateMachines: {
    LambdaSQSIntegration: {
      TestCases: {
        HappyPath: { LambdaState: "MockedLambdaSuccess", SQSState: "MockedSQSSuccess" },
        RetryPath: { LambdaState: "MockedLambdaRetry", SQSState: "MockedSQSSuccess" },
        HybridPath: { LambdaState: "MockedLambdaSuccess" },
        Busy: { LambdaState: "AlwaysBusy" },
        Short: { LambdaState: "OnceBusy" },
      },
    },
  },
  MockedResponses: {
    MockedLambdaSuccess: { "0": hello },
    MockedLambdaRetry: { "0": busy, "1-2": busy, "3": hello },
    MockedSQSSuccess: { "0": { Return: { MessageId: "3bcb6e8e" } } },
    AlwaysBusy: { "0-3": busy },
    OnceBusy: { "0": busy, "2": hello },
  },
};

describe("lakehouse simulate", () => {
  let folder = "";
  const file = (name: string): string => join(folder, name);
  const write = async (name: string, content: unknown): Promise<string> => {
    await writeFile(file(name), typeof content === "string" ? content : JSON.stringify(content));
    return file(name);
  };
  const refusal = async (target: string, options: SimulateOptions = {}): Promise<string> => {
    const error: unknown = await simulateMachine(target, options, signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return String(error).replaceAll(folder, "");
  };
  let definition = "";
  let mockFile = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-simulate-"));
    definition = await write("machine.json", lambdaThenQueue);
    mockFile = await write("mocks.json", mocks);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("runs a test case of a mock file", async () => {
    const document = await simulateMachine(definition, { mocks: mockFile, testCase: "HappyPath" }, signal);
    expect(document).to.deep.equal({
      status: "SUCCEEDED",
      output: { MessageId: "3bcb6e8e" },
      error: null,
      cause: null,
      states: ["LambdaState", "SQSState"],
    });
  });

  it("takes the machine of the file's name out of several in a mock file", async () => {
    const { LambdaSQSIntegration: machine } = mocks.StateMachines;
    const several = await write("several.json", {
      ...mocks,
      StateMachines: { LambdaSQSIntegration: machine, Other: { TestCases: {} } },
    });
    const namesake = await write("LambdaSQSIntegration.asl.json", lambdaThenQueue);
    const { status } = await simulateMachine(`${namesake}#RetryPath`, { mocks: several }, signal);
    expect(status).to.equal("SUCCEEDED");
    expect(await refusal(definition, { mocks: several })).to.equal(
      'UserError: /several.json: /StateMachines: name the state machine to run: "LambdaSQSIntegration", "Other"',
    );
  });

  it("refuses a test case without a mock file", async () => {
    expect(await refusal(`${definition}#HappyPath`)).to.equal(
      "UserError: a test case is of a file with mocks: give --mocks, too",
    );
  });

  it("takes a number sign for a part of the name of a file that is there", async () => {
    const echo = await write("echo#1.json", { StartAt: "Echo", States: { Echo: { Type: "Succeed" } } });
    expect((await simulateMachine(echo, {}, signal)).states).to.deep.equal(["Echo"]);
  });

  it("refuses to read both the definition and the input from standard input", async () => {
    expect(await refusal("-", { input: "-" })).to.equal(
      "UserError: the definition and the input can't both be standard input",
    );
  });

  it("refuses JSON that is no object for a definition", async () => {
    for (const content of ["[]", "null", '"{}"']) {
      expect(await refusal(await write("other.json", content))).to.equal(
        "UserError: /other.json holds no definition: it has to be a JSON object with StartAt and States",
      );
    }
  });

  it("counts a state's calls over its retries", async () => {
    const { status } = await simulateMachine(`${definition}#RetryPath`, { mocks: mockFile }, signal);
    expect(status).to.equal("SUCCEEDED");
  });

  it("tells error and cause of an execution that failed", async () => {
    const document = await simulateMachine(definition, { mocks: mockFile, testCase: "Busy" }, signal);
    expect(document).to.deep.equal({
      status: "FAILED",
      output: null,
      error: busy.Throw.Error,
      cause: busy.Throw.Cause,
      states: ["LambdaState"],
    });
  });

  it("takes the input from a file, and {} without one", async () => {
    const echo = await write("echo.json", {
      QueryLanguage: "JSONata",
      StartAt: "Echo",
      States: { Echo: { Type: "Succeed" } },
    });
    const input = await write("input.json", { batch: "b-1" });
    expect((await simulateMachine(echo, { input }, signal)).output).to.deep.equal({ batch: "b-1" });
    expect((await simulateMachine(echo, {}, signal)).output).to.deep.equal({});
  });

  it("takes the input as JSON, too, and tells what is wrong with it", async () => {
    const echo = await write("echo.json", { StartAt: "Echo", States: { Echo: { Type: "Succeed" } } });
    expect((await simulateMachine(echo, { input: '{"batch": "b-1"}' }, signal)).output).to.deep.equal({ batch: "b-1" });
    expect((await simulateMachine(echo, { input: " [1]" }, signal)).output).to.deep.equal([1]);
    expect(await refusal(echo, { input: '{"batch": }' })).to.equal(
      "UserError: --input:1:11: not JSON: Unexpected token '}'",
    );
    expect(await refusal(echo, { input: "none.json" })).to.match(/^UserError: can't read none\.json: /);
    expect(await refusal(echo, { input: JSON.stringify("x".repeat(262_143)) })).to.equal(
      "UserError: /echo.json: The execution's input has 262145 bytes, and StartExecution takes at most 262144: " +
        "put the data into S3, and pass its key.",
    );
  });

  it("takes the only machine of a mock file, whatever its name", async () => {
    const namesake = await write("lakehouse.asl.json", lambdaThenQueue);
    const { status } = await simulateMachine(namesake, { mocks: mockFile, testCase: "HappyPath" }, signal);
    expect(status).to.equal("SUCCEEDED");
    expect(await refusal(namesake, { mocks: mockFile, testCase: "HappyPath", machineName: "lakehouse" })).to.equal(
      'UserError: /mocks.json: /StateMachines: there is no state machine "lakehouse"; there is "LambdaSQSIntegration"',
    );
  });

  it("says which values deployment has to put in first", async () => {
    const states = { Wait: { Type: "Wait", Seconds: "${Delay}", End: true } };
    expect(await refusal(await write("wait.json", { StartAt: "Wait", States: states }))).to.equal(
      "UserError: /wait.json: The state machine's definition can't be run:\n" +
        "  /States/Wait/Seconds: Invalid input: expected number, received string\n" +
        "Deployment puts values into it, such as ${Delay}: write them in, or simulate the deployed definition.",
    );
  });

  it("knows the machines of this project by name", async function () {
    // Its Lambdas are bundled.
    this.timeout(60_000);
    const input = await write("input.json", { batch: "b-1", manifest: "b-1.json" });
    expect(await refusal("lakehouse", { input })).to.equal(
      `UserError: lakehouse: Task 'CheckMarkers' (${resource}) runs and nothing stands in for it: ` +
        "give --mocks a file with its response.",
    );
  });

  it("reads objects from a folder, and mocks what each of a distributed Map's children calls", async () => {
    const children = await write("children.json", {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          MaxConcurrency: 1,
          ItemReader: {
            Resource: "arn:aws:states:::s3:getObject",
            ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
            Parameters: { Bucket: "in", Key: "2025/orders.csv" },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Send",
            States: { Send: { Type: "Task", Resource: resource, ResultPath: "$.sent", End: true } },
          },
          End: true,
        },
      },
    });
    await mkdir(file("s3/in/2025"), { recursive: true });
    await write("s3/in/2025/orders.csv", "id\n7\n8\n");
    const responses = await write("children.mocks.json", {
      StateMachines: { Children: { TestCases: { Two: { Send: "Sent" } } } },
      MockedResponses: { Sent: { "0": { Return: "first" }, "1": { Return: "second" } } },
    });
    const document = await simulateMachine(children, { mocks: responses, objects: file("s3") }, signal);
    expect(document.output).to.deep.equal([
      { id: "7", sent: "first" },
      { id: "8", sent: "second" },
    ]);
    expect(await refusal(children, { objects: file("none") })).to.match(/^UserError: can't read the folder \/none: /);
  });

  it("says what a test case lacks when a Task runs without a mock", async () => {
    expect(await refusal(definition, { mocks: mockFile, testCase: "HybridPath" })).to.equal(
      "UserError: /machine.json: Task 'SQSState' (arn:aws:states:::sqs:sendMessage) runs, and the test case " +
        '"HybridPath" doesn\'t mock it: add "SQSState": "…" to ' +
        "StateMachines/LambdaSQSIntegration/TestCases/HybridPath, and a response of that name to MockedResponses.",
    );
  });

  it("says which call has no response", async () => {
    expect(await refusal(definition, { mocks: mockFile, testCase: "Short" })).to.equal(
      "UserError: /machine.json: Call 1 of state 'LambdaState' (the first is 0) has no response: " +
        'MockedResponses/OnceBusy answers "0", "2". Add "1" to it.',
    );
  });

  it("names file, line and column of a JSON mistake", async () => {
    const broken = await write("broken.json", '{\n  "StateMachines": {,\n}');
    expect(await refusal(definition, { mocks: broken })).to.equal(
      "UserError: /broken.json:2:21: not JSON: Expected property name or '}' in JSON",
    );
  });

  it("shows everything that is wrong with a definition", async () => {
    const wrong = await write("wrong.json", { QueryLanguage: "JSONata", StartAt: "A", States: {} });
    expect(await refusal(wrong)).to.equal(
      "UserError: /wrong.json: The state machine's definition can't be run:\n" +
        "  /StartAt: there is no state 'A' beside it\n" +
        "  /: the workflow has no terminal state",
    );
  });

  it("says what there is instead of a file that isn't there", async () => {
    expect(await refusal("nowhere.json")).to.equal(
      "UserError: there is no file nowhere.json and no machine of that name; the machines are " +
        "lakehouse, human_approval, bucket_report, order_saga",
    );
  });

  describe("as a command", () => {
    const command = async (args: readonly string[], input = ""): Promise<readonly [number, string, string]> => {
      const main = join(import.meta.dirname, "../../../cli/main.ts");
      const child = spawn(process.execPath, [main, "simulate", ...args]);
      child.stdin.end(input);
      const printed = Promise.all([text(child.stdout), text(child.stderr)]);
      await once(child, "exit");
      return [child.exitCode ?? -1, ...(await printed)];
    };

    it("prints one line of JSON and ends with 0, reading the input from standard input", async () => {
      const echo = await write("echo.json", {
        QueryLanguage: "JSONata",
        StartAt: "Echo",
        States: { Echo: { Type: "Succeed" } },
      });
      expect(await command([echo, "--input", "-"], "[1]")).to.deep.equal([
        0,
        '{"status":"SUCCEEDED","output":[1],"error":null,"cause":null,"states":["Echo"]}\n',
        "",
      ]);
    });

    it("ends with 1 when the execution failed", async () => {
      const [code] = await command([definition, "--mocks", mockFile, "--test-case", "Busy"]);
      expect(code).to.equal(1);
    });

    it("ends with 2 and prints nothing on stdout when it can't run", async () => {
      const [code, stdout, stderr] = await command([definition, "--mocks", mockFile]);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.equal(
        `${mockFile}: /StateMachines/LambdaSQSIntegration/TestCases: name the test case to run: ` +
          '"HappyPath", "RetryPath", "HybridPath", "Busy", "Short"\n',
      );
    });
  });
});

describe("a JSON mistake", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{"a": x}', "in.json:1:7: not JSON: Unexpected token 'x'"],
    ['{\n "a": tru\n}', "in.json:2:10: not JSON: Unexpected token '\\n'"],
    ['{"a" 1}', "in.json:1:6: not JSON: Expected ':' after property name in JSON"],
    ["", "in.json:1:1: not JSON: Unexpected end of JSON input"],
    ['{"a": "x', "in.json:1:9: not JSON: Unterminated string in JSON"],
  ];
  for (const [content, message] of cases) {
    it(`is found in ${JSON.stringify(content)}`, () => {
      expect(() => parseJson(content, "in.json")).to.throw(message);
    });
  }

  it("is no byte order mark", () => {
    expect(parseJson('\uFEFF{"a": 1}', "in.json")).to.deep.equal({ a: 1 });
  });

  it("is more levels than can be walked", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(() => parseJson(nested(1000), "in.json")).not.to.throw();
    expect(() => parseJson(nested(100_000), "in.json")).to.throw("in.json: it is nested more than 1000 levels deep");
  });
});
