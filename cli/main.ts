#!/usr/bin/env node
/** The `lakehouse` command: all commands are declared here and loaded when used; results go to stdout, all else to stderr. */
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import type { DiffOptions } from "./commands/diff.ts";
import type { ExplainOptions } from "./commands/explain.ts";
import type { GraphOptions } from "./commands/graph.ts";
import type { SimulateOptions } from "./commands/simulate.ts";
import type { TypesOptions } from "./commands/types.ts";
import type { ValidateOptions } from "./commands/validate.ts";
import { UserError } from "./errors.ts";
import { projectDir } from "./project.ts";

// The commands are loaded later, and most of what a short one takes is compiling them: from the second time on, half of it.
enableCompileCache(join(projectDir, ".cache/node"));

const usageExit = 2;
/** Errors of the parts below whose messages are written for people; anything else is a defect and shows its stack. */
const forPeople = new Set(["QueryError", "HomeInUseError", "CompileError", "BundleError", "TypesError"]);

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    interrupted.abort(new UserError("stopped"));
  });
}
const { signal } = interrupted;

const print = (text: string): void => {
  process.stdout.write(text);
};
const printJson = (value: unknown): void => {
  print(`${JSON.stringify(value, null, 2)}\n`);
};

const home = (): Option =>
  new Option("--home <dir>", "where the local lakehouse keeps its state").default(".lakehouse");
const json = (): Option => new Option("--json", "print one JSON document and nothing else");
const me = "npm run --silent lakehouse --";

const program = new Command("lakehouse")
  .description("An e-commerce lakehouse on AWS, and the whole of it on this machine.")
  .exitOverride()
  .configureOutput({ writeOut: print });

const local = program.command("local").description("the lakehouse on this machine: no AWS, no Docker, no account");

local
  .command("run")
  .description("upload files, wait until all is done, and tell what became of them")
  .option("--data <dir>", "a folder with raw/{dataset}/… in it (default: generated sample files)")
  .addOption(home())
  .addOption(json())
  .action(async (options: { data?: string; home: string; json?: true }) => {
    const { localRun } = await import("./commands/local_run.ts");
    const { summary } = await import("./run/summary.ts");
    const document = await localRun(options, signal);
    if (options.json) printJson(document);
    else print(summary(document, me));
    process.exitCode = document.ok ? 0 : 1;
  });

local
  .command("query")
  .description("Athena SQL over the local tables")
  .argument("<sql>")
  .addOption(home())
  .addOption(new Option("--format <format>", "how rows are printed").choices(["table", "csv", "json"]).default("table"))
  .addOption(json())
  .action(async (sql: string, options: { home: string; format: "table" | "csv" | "json"; json?: true }) => {
    const { localQuery } = await import("./commands/local_query.ts");
    print(await localQuery({ home: options.home, format: options.json ? "json" : options.format }, sql, signal));
  });

local
  .command("up")
  .description("keep it running, and print the endpoints for AWS's SDK and CLI")
  .addOption(home())
  .addOption(json())
  .action(async (options: { home: string; json?: true }) => {
    const { localUp } = await import("./commands/local_up.ts");
    const up = await localUp(options.home, signal);
    if (options.json) printJson(up);
    else {
      const exports = Object.entries(up.env).map(([name, value]) => `export ${name}=${value}\n`);
      print(
        `# The lakehouse is up (process ${up.pid}). For AWS's SDKs and CLI:\n${exports.join("")}# End it: ${me} local down\n`,
      );
    }
  });

local
  .command("down")
  .description("end the lakehouse that is up")
  .addOption(home())
  .addOption(json())
  .action(async (options: { home: string; json?: true }) => {
    const { localDown } = await import("./commands/local_up.ts");
    const down = await localDown(options.home);
    if (options.json) printJson(down);
    else print(down.stopped ? "The lakehouse is down.\n" : "No lakehouse was up.\n");
  });

local
  .command("serve", { hidden: true })
  .addOption(home())
  .action(async (options: { home: string }) => {
    const { serve } = await import("./commands/local_up.ts");
    await serve(options.home, signal);
  });

program
  .command("compile")
  .description("print a machine's ASL")
  .argument("[machine]", "its name", "lakehouse")
  .action(async (machine: string) => {
    const { compileMachine } = await import("./commands/compile.ts");
    print(await compileMachine(machine));
  });

program
  .command("types")
  .description("print the types of a machine's Tasks, from which mocks get theirs")
  .argument("[machine]", "its name", "lakehouse")
  .option("--write", "write them beside the machine's program instead")
  .action(async (machine: string, options: TypesOptions) => {
    const { typesOf } = await import("./commands/types.ts");
    print(await typesOf(machine, options));
  });

program
  .command("graph")
  .description("draw a machine, with an execution's path on it if wanted")
  .argument("<machine>", "its name, or a file with its definition")
  .addOption(new Option("--format <format>", "what is printed").choices(["mermaid", "svg"]).default("mermaid"))
  .option("--execution <history>", "a file with what `aws stepfunctions get-execution-history` prints")
  .action(async (machine: string, options: GraphOptions) => {
    const { graphOf } = await import("./commands/graph.ts");
    print(await graphOf(machine, options));
  });

program
  .command("explain")
  .description("tell why an execution ended as it did, and which lines of TypeScript its failures come from")
  .argument("<machine>", "its name, or a file with the definition that the execution ran with")
  .argument("<history>", "a file with what `aws stepfunctions get-execution-history` prints, or - for standard input")
  .addOption(json())
  .action(async (machine: string, history: string, options: ExplainOptions) => {
    const { explainExecution } = await import("./commands/explain.ts");
    print(await explainExecution(machine, history, options));
  });

program
  .command("diff")
  .description(
    "tell what changes between two definitions, and what that means for executions; its exit code is always 0",
  )
  .argument("<old>", "a file with the old definition, or a machine's name")
  .argument("[new]", "the new machine's name, or a file with its definition", "lakehouse")
  .addOption(new Option("--format <format>", "how it is told").choices(["text", "markdown", "json"]).default("text"))
  .option("--verbose", "also tell what tokens such as ${jobs.orders.arn} of one definition stand for in the other")
  .action(async (old: string, target: string, options: DiffOptions) => {
    const { diffOf } = await import("./commands/diff.ts");
    print(await diffOf(old, target, options));
  });

program
  .command("validate")
  .description("check any state machine's definition in Amazon States Language")
  .argument("<definition.json>", "a file with the definition, - for standard input, or a machine's name")
  .option("--strict", "end with exit code 1 for warnings, too")
  .addOption(json())
  .action(async (file: string, options: ValidateOptions & { json?: true }) => {
    const { lines, validateFile } = await import("./commands/validate.ts");
    const document = await validateFile(file, options);
    if (options.json) printJson(document);
    else print(lines(document));
    process.exitCode = document.ok ? 0 : 1;
  });

program
  .command("simulate")
  .description("run a machine or any ASL definition in virtual time, and print how it ended as one JSON line")
  .argument("<machine>", "a machine's name or a definition's file; #NAME after it names the test case")
  .option(
    "--input <file>",
    "the execution's input: a JSON file, - for standard input, or the JSON itself (default: {})",
  )
  .option("--mocks <file>", "responses of the tasks, as Step Functions Local's MockConfigFile.json has them")
  .option(
    "--test-case <name>",
    "the test case of the mocks to run, needed if there are several (default: the only one)",
  )
  .option(
    "--machine-name <name>",
    "the machine of the mocks (default: that of the definition's name, else the only one)",
  )
  .option("--objects <folder>", "what distributed Maps read from S3: a folder with one for each bucket")
  .action(async (target: string, options: SimulateOptions) => {
    const { simulateMachine } = await import("./commands/simulate.ts");
    const document = await simulateMachine(target, options, signal);
    print(`${JSON.stringify(document)}\n`);
    process.exitCode = document.status === "SUCCEEDED" ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version are asked for; everything else that commander throws is a command it did not understand.
    process.exitCode = error.exitCode === 0 ? 0 : usageExit;
  } else {
    const expected =
      error instanceof UserError || signal.aborted || (error instanceof Error && forPeople.has(error.name));
    process.stderr.write(
      `${expected && error instanceof Error ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = error instanceof UserError && !signal.aborted ? usageExit : 1;
  }
}
