import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
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
        resolve({ exit: child.exitCode, stdout: stdout.replaceAll(path, "FILE"), stderr: stderr.replaceAll(path, "FILE") });
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
