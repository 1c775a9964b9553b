import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { getSourceMapsSupport, setSourceMapsSupport } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import ts from "typescript";
import { callSite } from "../../../../workflow/dsl/bundle/index.ts";
import { firstFrameOutside, parseFrame } from "../../../../workflow/dsl/bundle/call_site.ts";
import { project, removeProjects } from "./sandbox.ts";

describe("A call site", () => {
  after(removeProjects);

  const frames: readonly [line: string, file: string, row: number, column: number][] = [
    ["    at Flow.lambda (file:///srv/app/flow.ts:12:34)", "/srv/app/flow.ts", 12, 34],
    ["    at file:///srv/my%20app/flow.ts?cache=1:12:34", "/srv/my app/flow.ts", 12, 34],
    ["    at async file:///srv/app/flow.ts:12:34", "/srv/app/flow.ts", 12, 34],
    ["    at Object.<anonymous> (/srv/app (2)/flow.ts:12:34)", "/srv/app (2)/flow.ts", 12, 34],
    ["    at new Machine (file:///C:/app/flow.ts:12:34)", "C:\\app\\flow.ts", 12, 34],
    ["    at Flow.lambda (C:\\my app\\flow.ts:12:34)", "C:\\my app\\flow.ts", 12, 34],
    ["    at D:/app/flow.ts:12:34\r", "D:/app/flow.ts", 12, 34],
    ["    at file://server/share/flow.ts:12:34", "\\\\server\\share\\flow.ts", 12, 34],
    ["    at \\\\server\\share\\flow.ts:12:34", "\\\\server\\share\\flow.ts", 12, 34],
  ];
  for (const [line, file, row, column] of frames) {
    it(`is read from "${line.trim()}"`, () => {
      expect(parseFrame(line)).to.deep.equal({ file, line: row, column });
    });
  }

  for (const line of [
    "Error: at /srv",
    "    at Array.map (<anonymous>)",
    "    at node:internal/modules/run_main:1:2",
  ]) {
    it(`is not seen in "${line.trim()}"`, () => {
      expect(parseFrame(line)).to.equal(undefined);
    });
  }

  it("is the first frame outside a folder, whose name may be the start of another's", () => {
    const stack = [
      "Error: call site",
      "    at a (/srv/dsl/flow.ts:1:1)",
      "    at b (/srv/dsl/deep/flow.ts:2:2)",
      "    at eval (eval at c (/srv/other.ts:3:3), <anonymous>:1:1)",
      "    at d (/srv/dsl-machines/lakehouse.ts:4:4)",
      "    at e (/srv/main.ts:5:5)",
    ].join("\n");
    expect(firstFrameOutside(stack, "/srv/dsl")).to.deep.equal({
      file: "/srv/dsl-machines/lakehouse.ts",
      line: 4,
      column: 4,
    });
    expect(firstFrameOutside("Error\n    at a (/srv/dsl/flow.ts:1:1)", "/srv/dsl")).to.equal(undefined);
  });

  it("is the program's also where source maps lead the DSL's frames to sources elsewhere", async () => {
    const folder = project({});
    const compiled = (file: string, text: string, sourceRoot: string): void => {
      const { ESNext } = ts.ScriptTarget;
      const compilerOptions = { module: ts.ModuleKind.ESNext, target: ESNext, inlineSourceMap: true, sourceRoot };
      const fileName = path.basename(file, ".js") + ".ts";
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), ts.transpileModule(text, { compilerOptions, fileName }).outputText);
    };
    const own = path.join(import.meta.dirname, "../../../../workflow/dsl/bundle/call_site.ts");
    compiled("dist/dsl/bundle/call_site.js", readFileSync(own, "utf8"), "../../../workflow/dsl/bundle");
    const step = `import { callSite, siteOfCallInto } from "./bundle/call_site.js";
export const step = () => [callSite(), siteOfCallInto(new Error())];`;
    compiled("dist/dsl/writer.js", step, "../../workflow/dsl");
    // The type is a line less in the JavaScript.
    const program = `type Line = 1;
import { siteOfCallInto } from "../dist/dsl/bundle/call_site.js";
import { step } from "../dist/dsl/writer.js";
export const sites = [...step(), siteOfCallInto(new Error())];`;
    compiled("out/program.js", program, "../src");
    const support = getSourceMapsSupport();
    setSourceMapsSupport(true, { nodeModules: true, generatedCode: false });
    try {
      const module: unknown = await import(pathToFileURL(path.join(folder, "out/program.js")).href);
      const site = { file: path.join(folder, "src/program.ts"), line: 4, column: 26 };
      expect(module).to.have.property("sites").that.deep.equals([site, site, undefined]);
    } finally {
      setSourceMapsSupport(support.enabled, support);
    }
  });

  it("is where this very test calls for it", () => {
    expect(callSite()).to.deep.equal({ file: import.meta.filename, line: 90, column: 12 });
  });
});
