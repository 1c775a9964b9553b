/** How long the compiler takes over the types. */
import { expect } from "chai";
import { checkTypes, type Checked } from "./check_types.ts";

describe("the cost of types", () => {
  it("stays small: 200 chained steps are checked in seconds", function () {
    this.timeout(120_000);
    const steps = Array.from({ length: 200 }, (_, index) => {
      const before = index === 0 ? "run.key" : `step${index - 1}.key`;
      return `const step${index} = flow.lambda("S${index}", { key: ${before}, n: ${index} }, ({ key, n }) => ({ key: key + String(n), n }));`;
    });
    const machine = (body: readonly string[]): Checked =>
      checkTypes([
        'import * as z from "zod";',
        'import { workflow } from "../../../workflow/dsl/index.ts";',
        'export const made = workflow("made", { input: z.object({ key: z.string() }) }, (flow, run) => {',
        ...body,
        "});",
      ]);
    // The first reads all files.
    const [, none, all] = [machine([]), machine([]), machine(steps)];
    expect([...none.complaints, ...all.complaints]).to.deep.equal([]);
    // Time differs from machine to machine, the count of instantiations does not.
    expect(all.instantiations - none.instantiations).to.be.within(1, 100_000);
    console.log(
      `    200 steps: ${(all.seconds - none.seconds).toFixed(1)} s more than none, which is ${none.seconds.toFixed(1)} s`,
    );
  });
});
