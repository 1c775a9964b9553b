import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { validateFile } from "../../../cli/commands/validate.ts";
import { UserError } from "../../../cli/errors.ts";
import { projectDir } from "../../../cli/project.ts";

const nested = {
  QueryLanguage: "JSONata",
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Items: [1],
      ItemProcessor: {
        StartAt: "Load",
        States: { Load: { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun.sync", End: true } },
      },
      Next: "Don",
    },
    Done: { Type: "Succeed" },
  },
};

describe("lakehouse validate", function () {
  // Each case starts the command.
  this.timeout(60_000);

  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-validate-"));
  });
  after(() => rm(folder, { recursive: true }));

  const run = async (name: string, text: string | undefined, ...more: string[]): Promise<unknown> => {
    const path = join(folder, name);
    if (text !== undefined) await writeFile(path, text);
    return new Promise((resolve) => {
      const command = [join(projectDir, "cli/main.ts"), "validate", path, ...more];
      const child = execFile(process.execPath, command, (_error, stdout, stderr) => {
        resolve({
          exit: child.exitCode,
          stdout: stdout.replaceAll(path, "FILE"),
          stderr: stderr.replaceAll(path, "FILE"),
        });
      });
    });
  };

  it("prints a finding a line, errors first, and exits with 1", async () => {
    expect(await run("broken.json", JSON.stringify(nested, null, 2))).to.deep.equal({
      exit: 1,
      stdout: [
        'FILE:20: error Each: there is no state "Don". Did you mean "Done"? [missing-target]\n',
        "FILE:22: error Done: no way leads here from StartAt: name it in a Next, or remove it [unreachable]\n",
        "FILE:13: warning Each/ItemProcessor/Load: waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one. [sync-without-timeout]\n",
      ].join(""),
      stderr: "",
    });
  });

  it("exits with 0 where there are only warnings", async () => {
    const text = JSON.stringify(nested).replace('"Don"', '"Done"');
    expect(await run("fine.json", text, "--json")).to.deep.equal({
      exit: 0,
      stdout: `${JSON.stringify(
        {
          ok: true,
          findings: [
            {
              code: "sync-without-timeout",
              severity: "warning",
              state: "Load",
              machine: "Each/ItemProcessor",
              path: "/States/Each/ItemProcessor/States/Load",
              message: "waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one.",
              file: "FILE",
              line: 1,
            },
          ],
        },
        null,
        2,
      )}\n`,
      stderr: "",
    });
  });

  it("tells what no rule names and Step Functions refuses all the same", async () => {
    const definition = {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemsPath: "items",
          ItemProcessor: {
            StartAt: "Which",
            States: {
              Which: {
                Type: "Choice",
                Choices: [{ Variable: "$.a", StringEqual: "x", Next: "Done" }],
                Default: "Done",
              },
              Done: { Type: "Pass", Parameters: { "a.$": "States.Foo($.a)" }, End: true },
            },
          },
          End: true,
        },
      },
    };
    expect(await run("refused.json", JSON.stringify(definition))).to.deep.equal({
      exit: 1,
      stdout: [
        "FILE:1: error Each: ItemsPath: must be a JSONPath: a path starts with $, $$ or $variable [refused]",
        "FILE:1: error Each/ItemProcessor/Which: Choices/0/StringEqual: is no comparison operator [refused]",
        "FILE:1: error Each/ItemProcessor/Done: Parameters/a.$: must be a valid JSONPath or a valid intrinsic function call: there is no function States.Foo [refused]",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  const found = async (definition: unknown): Promise<string[]> => {
    const path = join(folder, "given.json");
    await writeFile(path, typeof definition === "string" ? definition : JSON.stringify(definition));
    const { findings } = await validateFile(path);
    return findings.map(({ severity, code, path: pointer, line }) => `${line ?? "?"} ${severity} ${code} ${pointer}`);
  };

  it("exits with 1 for warnings, too, if it is strict", async () => {
    const text = JSON.stringify(nested).replace('"Don"', '"Done"');
    expect(await run("strict.json", text, "--strict")).to.deep.include({ exit: 1, stderr: "" });
    const plain = { StartAt: "A", States: { A: { Type: "Pass", End: true } } };
    expect(await run("plain.json", JSON.stringify(plain), "--strict")).to.deep.equal({
      exit: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("finds names that stand twice in one object", async () => {
    const text = [
      '{"StartAt": "A/b", "States": {',
      '  "A/b": {"Type": "Pass", "Next": "C"},',
      '  "C": {"Type": "Pass", "Comment": "one", "Comment": "two", "End": true},',
      '  "A/b": {"Type": "Pass", "Next": "C"},',
      '  "A/b": {"Type": "Pass",',
      '    "Parameters": {"x": 1,',
      '      "x": 2},',
      '    "Next": "C"}',
      "}}",
    ].join("\n");
    expect(await run("twice.json", text)).to.deep.equal({
      exit: 1,
      stdout: [
        "FILE:5: error A/b: the name stands 3 times among these states, on lines 2, 4 and 5: names are unique in the whole machine. Rename one. [duplicate-name]",
        'FILE:3: warning C: the field "Comment" stands twice in one object, on line 3, and only the last counts: remove the others [duplicate-field]',
        'FILE:7: warning A/b: the field "x" stands twice in one object, on lines 6 and 7, and only the last counts: remove the others [duplicate-field]',
        "",
      ].join("\n"),
      stderr: "",
    });
    expect(await found(text)).to.include("5 error duplicate-name /States/A~1b");
  });

  it("says nothing of values that deployment puts in", async () => {
    const call = {
      Type: "Task",
      Resource: "${Function}",
      TimeoutSeconds: "${Timeout}",
      Parameters: { "a.$": "$.${Field}", b: "${B}" },
      Retry: [{ ErrorEquals: ["${Error}"], IntervalSeconds: "${Interval}", BackoffRate: "${Rate}" }],
      Next: "Which",
    };
    const definition = {
      StartAt: "Each",
      TimeoutSeconds: "${MachineTimeout}",
      States: {
        Each: {
          Type: "Map",
          ItemsPath: "${Items}",
          MaxConcurrency: "${Concurrency}",
          ToleratedFailurePercentage: "${Tolerated}",
          ItemProcessor: {
            ProcessorConfig: { Mode: "${Mode}", ExecutionType: "${Kind}" },
            StartAt: "Call",
            States: {
              Call: call,
              Which: {
                Type: "Choice",
                Choices: [{ Variable: "$.a", NumericEquals: "${Limit}", Next: "Wait/${day}" }],
                Default: "Wait/${day}",
              },
              "Wait/${day}": { Type: "Wait", Timestamp: "${Day}", End: true },
            },
          },
          End: true,
        },
      },
    };
    expect(await found(definition)).to.deep.equal([]);
    const mistaken = JSON.stringify(definition)
      .replace('"${Concurrency}"', '"many"')
      .replace("NumericEquals", "Numeric");
    expect(await found(mistaken)).to.deep.equal(["1 error limit /States/Each/MaxConcurrency"]);
  });

  it("tells what is missing of nothing, and what it is given instead of a definition", async () => {
    expect(await found({})).to.deep.equal(["1 error missing-field ", "1 error missing-field "]);
    const refusal = async (given: unknown): Promise<string> => {
      const error: unknown = await found(given).catch((reason: unknown) => reason);
      return error instanceof UserError ? error.message.slice(error.message.indexOf(" holds ")) : String(error);
    };
    const what = "it has to be a JSON object with StartAt and States";
    for (const template of [{ AWSTemplateFormatVersion: "2010-09-09" }, { Resources: { M: {} } }])
      expect(await refusal(template)).to.equal(
        " holds no definition: it is a CloudFormation template. Give the state machine's own, which its DefinitionUri " +
          `names or its DefinitionString holds: ${what}`,
      );
    expect(await refusal({ "Fn::Sub": "{}" })).to.equal(
      ` holds no definition: it is a function of CloudFormation. Give what it yields: ${what}`,
    );
    expect(await refusal({ stateMachineArn: "arn", definition: "{}" })).to.equal(
      " holds no definition: it is what `aws stepfunctions describe-state-machine` prints. Add " +
        `\`--query definition --output text\` to that: ${what}`,
    );
  });

  it("takes a machine of this project by its name", async () => {
    expect(await validateFile("order_saga")).to.deep.equal({ ok: true, findings: [] });
  });

  it("exits with 2 where there is no definition", async () => {
    expect(await run("missing.json", undefined)).to.deep.equal({
      exit: 2,
      stdout: "",
      stderr:
        "there is no file FILE and no machine of that name; the machines are " +
        "lakehouse, human_approval, bucket_report, order_saga\n",
    });
    expect(await run("list.json", "[]")).to.deep.equal({
      exit: 2,
      stdout: "",
      stderr: "FILE holds no definition: it has to be a JSON object with StartAt and States\n",
    });
    expect(await run("half.json", '{"StartAt":')).to.deep.equal({
      exit: 2,
      stdout: "",
      stderr: "FILE:1:12: not JSON: Unexpected end of JSON input\n",
    });
  });
});
