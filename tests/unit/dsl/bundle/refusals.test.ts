import path from "node:path";
import { expect } from "chai";
import { BundleError, bundleHandler, bundleLambdas, type LambdaBundle } from "../../../../workflow/dsl/bundle/index.ts";
import { project, removeProjects, requestsOf, refusal } from "./sandbox.ts";

const dsl = path.resolve(import.meta.dirname, "../../../../workflow/dsl/bundle/index.ts");

/** A machine whose one step Step has this handler, after these top-level lines and within these enclosing ones. */
const machine = (handler: string, top: readonly string[] = [], enclosing: readonly string[] = []): string =>
  [...top, "export default (flow: any) => {", ...enclosing, `flow.lambda("Step", {}, ${handler});`, "};", ""].join(
    "\n",
  );

const bundles = async (files: Record<string, string>): Promise<LambdaBundle[]> =>
  bundleLambdas(await requestsOf(project(files)));

describe("A Lambda is refused", () => {
  after(removeProjects);

  const cases: readonly [why: string, files: Record<string, string>, message: string][] = [
    [
      "when it needs a variable of the enclosing function",
      { "machine.ts": machine("async () => bucket", [], ["const bucket = String(7);"]) },
      'machine.ts:3:37 Lambda "Step": `bucket` is a variable of the enclosing function (line 2), which the Lambda never runs. Pass it in the payload, or move it to the module\'s top level.',
    ],
    [
      "when it needs a parameter of the enclosing function",
      { "machine.ts": machine("async () => String(flow)") },
      'machine.ts:2:44 Lambda "Step": `flow` is a variable of the enclosing function (line 1), which the Lambda never runs. Pass it in the payload, or move it to the module\'s top level.',
    ],
    [
      "when what it needs needs a `let`, naming the way there",
      {
        "machine.ts": machine("async () => next()", ["let count = 0;", "const next = () => (count += 1);"]),
      },
      'machine.ts:2:21 Lambda "Step": `next → count` is a `let` or `var` (line 1), whose value at deployment would be lost. Make it a `const`, or pass it in the payload.',
    ],
    [
      "when it uses this",
      { "machine.ts": machine("async function (this: any) { return this.name; }") },
      'machine.ts:2:61 Lambda "Step": `this` stands for nothing in a Lambda. Use the event and named declarations.',
    ],
    [
      "when an arrow function uses this",
      { "machine.ts": machine("async () => (this as any).name") },
      'machine.ts:2:38 Lambda "Step": `this` stands for nothing in a Lambda. Use the event and named declarations.',
    ],
    [
      "when it is a generator",
      { "machine.ts": machine("function* () { yield 1; }") },
      'machine.ts:2:25 Lambda "Step": a generator can\'t be a handler: AWS Lambda would return the iterator. Use an async function.',
    ],
    [
      "when it is an imported generator",
      {
        "machine.ts": machine("numbers", [`import { numbers } from "./functions/numbers.ts";`]),
        "functions/numbers.ts": "export async function* numbers() {\n  yield 1;\n}\n",
      },
      'functions/numbers.ts:1:1 Lambda "Step": a generator can\'t be a handler: AWS Lambda would return the iterator. Use an async function.',
    ],
    [
      "when it uses import.meta",
      { "machine.ts": machine("async () => import.meta.url") },
      'machine.ts:2:37 Lambda "Step": `import.meta` is not the module\'s own in a bundle, where no source file is left. Import the data, or pass it in the payload.',
    ],
    [
      "when a helper module uses __dirname",
      {
        "machine.ts": machine("async () => where()", [`import { where } from "./functions/where.ts";`]),
        "functions/where.ts": "export function where() {\n  return __dirname;\n}\n",
      },
      'functions/where.ts:2:10 Lambda "Step": `__dirname` is not the module\'s own in a bundle, where no source file is left. Import the data, or pass it in the payload.',
    ],
    [
      "when the module's name of an import() is computed",
      { "machine.ts": machine('async ({ name }: { name: string }) => import("./" + name)') },
      'machine.ts:2:63 Lambda "Step": `import("./" + name)` can\'t be bundled, as the module\'s name is only known at run time. Write the name as a literal.',
    ],
    [
      "when an initialiser that it needs reads the environment",
      { "machine.ts": machine("async () => stage", [`const stage = process.env["STAGE"] ?? "dev";`]) },
      'machine.ts:1:15 Lambda "Step": `process.env["STAGE"]` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when an initialiser that it needs reads the clock, by way of functions of its own modules",
      {
        "machine.ts": machine("async () => at", [
          `import { now } from "./clock.ts";`,
          "class Started { at = now(); }",
          "const at = [1].map(() => new Started());",
        ]),
        "clock.ts": "export const now = () => {\n  return Date.now();\n};\n",
      },
      'clock.ts:2:10 Lambda "Step": `Started → now → Date.now()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when a helper module's initialiser reads a file",
      {
        "machine.ts": machine("async () => text", [`import { text } from "./text.ts";`]),
        "text.ts": 'import fs from "node:fs";\nexport const text = fs.readFileSync("/etc/hostname", "utf8");\n',
      },
      'text.ts:2:21 Lambda "Step": `fs.readFileSync()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when a captured constant is changed by a function that runs at deployment",
      {
        "machine.ts": machine("async () => limits.get(1)", [
          "const limits = new Map<number, number>();",
          "function init() { limits.set(1, 2); }",
          "init();",
        ]),
      },
      'machine.ts:2:19 Lambda "Step": the captured `limits` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when a captured constant is passed to a call that may change it",
      {
        "machine.ts": machine("async () => limits.a", ["const limits = { a: 1 };", "Object.assign(limits, { a: 2 });"]),
      },
      'machine.ts:2:15 Lambda "Step": the captured `limits` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when a captured constant's property is assigned in the enclosing function",
      {
        "machine.ts": machine("async () => limits.a", [], ["const limits = { a: 1 };", "limits.a = 2;"]),
      },
      'machine.ts:3:1 Lambda "Step": the captured `limits` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when an imported object that it uses is changed",
      {
        "machine.ts": machine("async () => limits.size", [
          'import { limits } from "./limits.ts";',
          "limits.set(1, 2);",
        ]),
        "limits.ts": "export const limits = new Map<number, number>();\n",
      },
      'machine.ts:2:1 Lambda "Step": the captured `limits` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when a part of what it captured is changed where it is read, or by a method without a plain name",
      {
        "machine.ts": machine("async () => [lists, more]", [
          "const lists = new Map([[1, [1]]]), more = [1];",
          "lists.get(1)?.push(2);",
          'more["push"](2);',
        ]),
      },
      [
        "2 problems keep Lambdas from being bundled:",
        '  machine.ts:2:1 Lambda "Step": the captured `lists` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `lists` in one expression, or give this code a copy (structuredClone).',
        '  machine.ts:3:1 Lambda "Step": the captured `more` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `more` in one expression, or give this code a copy (structuredClone).',
      ].join("\n"),
    ],
    [
      "when a function of its module that runs at deployment alone gets what it captured within an object",
      {
        "machine.ts": machine("async () => limits.a", [
          "const limits = { a: { b: 1 } };",
          "const widen = ({ all }: any) => { all[0].b = 2; };",
          "widen({ all: [limits.a] });",
        ]),
      },
      'machine.ts:2:35 Lambda "Step": the captured `limits` may be changed here as `all`, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when an initialiser makes a random name",
      {
        "machine.ts": machine("async () => id", [
          "import { randomUUID as uuid } from 'node:crypto';",
          "const id = uuid();",
        ]),
      },
      'machine.ts:2:12 Lambda "Step": `uuid()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when a static field of a class that it uses is the time",
      { "machine.ts": machine("async () => Clock.at", ["class Clock { static at = new Date(); now = new Date(); }"]) },
      'machine.ts:1:27 Lambda "Step": `new Date()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when a module that it needs reaches the DSL, with the way there",
      {
        "machine.ts": machine("async () => one", [`import { one } from "./one.ts";`]),
        "one.ts": `export { callSite as one } from ${JSON.stringify(dsl)};\n`,
      },
      `one.ts:1:1 Lambda "Step": this import reaches what exists only where the program is deployed from: machine.ts → one.ts → workflow/dsl/bundle/index.ts. Keep it out of the modules that a handler needs.`,
    ],
    [
      "when it uses something imported from the DSL",
      { "machine.ts": machine("async () => String(callSite)", [`import { callSite } from ${JSON.stringify(dsl)};`]) },
      `machine.ts:3:44 Lambda "Step": \`callSite\` comes from "${dsl}", which exists only where the program is deployed from. Pass the value in the payload.`,
    ],
    [
      "when a module that it needs reaches Pulumi, with the way there",
      {
        "machine.ts": machine("async () => one", [`import { one } from "./one.ts";`]),
        "one.ts": `import { two } from "./two.ts";\nexport const one = two;\n`,
        "two.ts": `import pulumi from "@pulumi/pulumi";\nexport const two = String(pulumi);\n`,
      },
      'two.ts:1:1 Lambda "Step": this import reaches what exists only where the program is deployed from: machine.ts → one.ts → two.ts → @pulumi/pulumi. Keep it out of the modules that a handler needs.',
    ],
    [
      "when a module that it needs imports the step's file back",
      {
        "machine.ts": machine("async () => one()", [`import { one } from "./one.ts";`, "export const two = 2;"]),
        "one.ts": `import { two } from "./machine.ts";\nexport const one = () => two;\n`,
      },
      'one.ts:1:1 Lambda "Step": this import leads back to the file of the step: machine.ts → one.ts → machine.ts. The Lambda would hold that module twice; move what both need to a module of its own.',
    ],
    [
      "when it needs the statement that holds the step",
      {
        "machine.ts":
          'const machine: any = (flow: any) => {\n  flow.lambda("Step", {}, async () => machine.name);\n};\nexport default machine;\n',
      },
      'machine.ts:2:39 Lambda "Step": `machine` is defined by the statement that holds this step, which runs only at deployment. Pass what the handler needs in the payload.',
    ],
    [
      "when an initialiser awaits",
      { "machine.ts": machine("async () => one", ["const one = await Promise.resolve(1);"]) },
      "machine.ts:1:13 Lambda \"Step\": `await` at a module's top level can't be bundled as CommonJS, which AWS Lambda's index.js is. Await inside the handler.",
    ],
    [
      "when a helper module awaits",
      {
        "machine.ts": machine("async () => one", [`import { one } from "./one.ts";`]),
        "one.ts": "export const one = await Promise.resolve(1);\n",
      },
      "one.ts:1:20 Lambda \"Step\": `await` at a module's top level can't be bundled as CommonJS, which AWS Lambda's index.js is. Await inside the handler.",
    ],
    [
      "when its function is wrapped",
      { "machine.ts": machine("wrap(async () => 1)", ["const wrap = (f: any) => f;"]) },
      'machine.ts:3:25 Lambda "Step": the handler must be a function written here, or the name of one at the module\'s top level or imported. Give a wrapped or computed function such a name and pass that.',
    ],
    [
      "when its name is that of another step in the file",
      {
        "machine.ts": machine("async () => 1", [
          "export const other = (flow: any) => {",
          '  flow.lambda("Step", {}, async () => 2);',
          "};",
        ]),
      },
      'machine.ts:5:6 Lambda "Step": a step of this name is already in this file (line 2). Give each step a name of its own.',
    ],
    [
      "when its method is not called by its name",
      { "machine.ts": 'export default (flow: any) => {\n  flow["lambda"]("Step", {}, async () => 1);\n};\n' },
      'machine.ts:1:1 Lambda "Step": there is no call x.lambda("Step", payload, handler) at line 2, column 17. Call the method by its name on the line that runs, from a TypeScript file that Node runs itself.',
    ],
    [
      "when it needs a `var` that is set once",
      { "machine.ts": machine("async () => limit", ["var limit = 3;"]) },
      'machine.ts:3:37 Lambda "Step": `limit` is a `let` or `var` (line 1), whose value at deployment would be lost. Make it a `const`, or pass it in the payload.',
    ],
    [
      "when it uses __filename itself",
      { "machine.ts": machine("async () => __filename") },
      'machine.ts:2:37 Lambda "Step": `__filename` is not the module\'s own in a bundle, where no source file is left. Import the data, or pass it in the payload.',
    ],
    [
      "when a helper module's initialiser reads the environment",
      {
        "machine.ts": machine("async () => stage", [`import { stage } from "./stage.ts";`]),
        "stage.ts": 'import { env } from "node:process";\nexport const stage = env["STAGE"] ?? "dev";\n',
      },
      'stage.ts:2:22 Lambda "Step": `env["STAGE"]` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when an initialiser that it needs asks the network",
      {
        "machine.ts": machine("async () => answer", [
          `const answer = fetch("http://127.0.0.1:1").catch(() => "none");`,
        ]),
      },
      'machine.ts:1:16 Lambda "Step": `fetch()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
    [
      "when it uses something imported from Pulumi",
      { "machine.ts": machine("async () => String(pulumi)", [`import * as pulumi from "@pulumi/pulumi";`]) },
      'machine.ts:3:44 Lambda "Step": `pulumi` comes from "@pulumi/pulumi", which exists only where the program is deployed from. Pass the value in the payload.',
    ],
    [
      "when a captured constant's property is assigned at the top level",
      { "machine.ts": machine("async () => limits.a", ["const limits = { a: 1 };", "limits.a = 2;"]) },
      'machine.ts:2:1 Lambda "Step": the captured `limits` may be changed here, by code that is not part of the bundle, so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
    ],
    [
      "when a schema of its step is not written in the call",
      {
        "machine.ts": machine("async () => 1, options", [
          `import * as z from "zod";`,
          "const options = { input: z.string() };",
        ]),
      },
      "machine.ts:4:40 Lambda \"Step\": the schema `input` can't be found in this call. Write it in the step's options themselves: { input: … }, with the schema in place or by its name.",
    ],
    [
      "when a schema of its step is a variable of the enclosing function",
      {
        "machine.ts": machine(
          "async () => 1, { output: Result }",
          [`import * as z from "zod";`],
          ["const Result = z.string();"],
        ),
      },
      'machine.ts:4:50 Lambda "Step": `Result` is a variable of the enclosing function (line 3), which the Lambda never runs. Pass it in the payload, or move it to the module\'s top level.',
    ],
    [
      "when a schema of its step reads the clock",
      {
        "machine.ts": machine("async () => 1, { input: z.literal(Date.now()) }", [`import * as z from "zod";`]),
      },
      'machine.ts:3:59 Lambda "Step": `Date.now()` would be read again whenever the Lambda starts, not once at deployment. Read it inside the handler, or pass the value in the payload.',
    ],
  ];

  for (const [why, files, message] of cases) {
    it(why, async () => {
      expect(await refusal(bundles(files))).to.equal(message);
    });
  }

  it("when the running program passed another function than the source has", async () => {
    const [request] = await requestsOf(project({ "machine.ts": machine("async () => 1") }));
    const other = request && { ...request, handler: () => 2 };
    expect(await refusal(bundleLambdas(other ? [other] : []))).to.equal(
      [
        'machine.ts:2:25 Lambda "Step": the running program passed another function than the one written here:',
        "    here:    async()=>1",
        "    running: ()=>2",
        "  Pass the function itself, and run the program from this very file.",
      ].join("\n"),
    );
  });

  it("when the module of an exported handler has no such export", async () => {
    const folder = project({ "functions/one.ts": "export const one = async () => 1;\n" });
    expect(await refusal(bundleHandler(`${folder}/functions/one.ts`, "two"))).to.equal(
      'functions/one.ts:1:1 Lambda "two": the module exports no `two`. Export the handler under that name.',
    );
  });

  it("when modules that export everything of each other have no such export", async () => {
    const folder = project({ "a.ts": `export * from "./b.ts";\n`, "b.ts": `export * from "./a.ts";\n` });
    expect(await refusal(bundleHandler(`${folder}/a.ts`, "two"))).to.equal(
      'a.ts:1:1 Lambda "two": the module exports no `two`. Export the handler under that name.',
    );
  });

  const commonJs = [
    ["exports", "exports.default = (flow) => flow.lambda('Step', {}, async () => 1);\n", "1:1"],
    [
      "module.exports",
      "const one = 1;\nmodule.exports = { default: (flow) => flow.lambda('Step', {}, async () => one) };\n",
      "2:1",
    ],
    [
      "require",
      `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const help_1 = require("./help.cjs");
exports.default = (flow) => flow.lambda("Step", {}, async () => (0, help_1.half)(exports.two));
`,
      "3:16",
    ],
  ] as const;
  for (const [word, text, place] of commonJs) {
    it(`when its machine's file is CommonJS, as ${word} tells`, async () => {
      const folder = project({
        "machine.cjs": text,
        "help.cjs": "exports.half = (n) => n / 2;\n",
        "machine.ts": `import machine from "./machine.cjs";\nexport default machine.default;\n`,
      });
      expect(await refusal(bundleLambdas(await requestsOf(folder)))).to.equal(
        `machine.cjs:${place} Lambda "Step": this file is CommonJS, whose names can't be followed. Run the program from its TypeScript, or have tsc write ES modules ("type": "module" in package.json, with "module": "nodenext").`,
      );
    });
  }

  it("when a source map names a machine's file that isn't there", async () => {
    const site = { file: path.join(project({}), "src/machine.ts"), line: 3, column: 8 };
    expect(await refusal(bundleLambdas([{ name: "Step", site, handler: () => 1 }]))).to.equal(
      "src/machine.ts:3:8 Lambda \"Step\": the stack trace names this file, which doesn't exist, so the handler's source can't be read. If a source map names it, keep the sources where the map says, or run without source maps.",
    );
  });

  it("when an import can't be resolved, and says so for the steps that need it alone", async () => {
    const folder = project({
      "machine.ts": machine("async () => 1", [
        "export const other = (flow: any) => {",
        '  flow.lambda("Other", {}, async () => import("./nowhere.ts" as string));',
        '  flow.lambda("Third", {}, async () => import("./nowhere.ts"));',
        "};",
      ]).replace("export default (flow: any) => {", "export default (flow: any) => {\nother(flow);"),
    });
    expect(await refusal(bundleLambdas(await requestsOf(folder)))).to.equal(
      [
        "2 problems keep Lambdas from being bundled:",
        '  machine.ts:2:40 Lambda "Other": `import("./nowhere.ts" as string)` can\'t be bundled, as the module\'s name is only known at run time. Write the name as a literal.',
        '  machine.ts:3:47 Lambda "Third": esbuild can\'t bundle this: Could not resolve "./nowhere.ts"',
      ].join("\n"),
    );
  });

  it("with all its problems as data", async () => {
    const folder = project({
      "machine.ts": machine("async () => [flow, process.env, count]", ["let count = 0;", "count += 1;"]),
    });
    const problems = await bundleLambdas(await requestsOf(folder)).then(
      () => [],
      (error: unknown) => (error instanceof BundleError ? error.problems : []),
    );
    expect(problems.map(({ code, step, file, line, column }) => ({ code, step, file, line, column }))).to.deep.equal([
      { code: "enclosing-variable", step: "Step", file: "machine.ts", line: 4, column: 38 },
      { code: "not-constant", step: "Step", file: "machine.ts", line: 4, column: 57 },
    ]);
  });
});
