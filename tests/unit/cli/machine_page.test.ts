import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { machinePage, pagePath } from "../../../scripts/machine_page.ts";

describe("docs/architecture/machine.md", () => {
  it("shows the machine as it is", async function () {
    // The machine's Lambdas are bundled.
    this.timeout(60_000);
    const current = (await readFile(pagePath, "utf8")) === (await machinePage());
    expect(current, "the picture is out of date: run `node scripts/machine_page.ts`").to.be.true;
  });
});
