import { readdirSync } from "node:fs";
import { expect } from "chai";
import { describeExample } from "./describe_example.ts";
import { examples } from "./index.ts";

const helpers = ["describe_example.ts", "example.ts", "index.ts"];

describe("machines after AWS's public examples", function () {
  this.timeout(30_000);

  it("are at least 25, a file each, all of them in the list, and each goes at least two ways", () => {
    const files = readdirSync(import.meta.dirname).filter(
      (name) => !helpers.includes(name) && !name.endsWith(".test.ts"),
    );
    expect(examples.map(({ machine }) => `${machine.name}.ts`).toSorted()).to.deep.equal(files.toSorted());
    expect(examples.length).to.be.at.least(25);
    expect(examples.filter(({ cases }) => Object.keys(cases).length < 2)).to.deep.equal([]);
  });

  for (const each of examples) describeExample(each);
});
