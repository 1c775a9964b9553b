import { expect } from "chai";
import { callSite } from "../../../../workflow/dsl/bundle/index.ts";
import { firstFrameOutside, parseFrame } from "../../../../workflow/dsl/bundle/call_site.ts";

describe("A call site", () => {
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

  it("is where this very test calls for it", () => {
    expect(callSite()).to.deep.equal({ file: import.meta.filename, line: 51, column: 12 });
  });
});
