import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect } from "chai";
import { tasksFile, tasksPath, TypesError } from "../../../../workflow/dsl/tasks/index.ts";
import { machines } from "../../../../workflow/index.ts";
import { example, unreadable } from "./example.ts";

const command = "npm run lakehouse -- types lakehouse --write";

describe("The types of a workflow's Tasks", function () {
  // A program with the SDK's types takes TypeScript some seconds.
  this.timeout(60_000);

  it("are read from its program: literals, patterns, helpers' names; references as what they refer to", () => {
    expect(relative(process.cwd(), tasksPath(example))).to.equal("tests/unit/dsl/tasks/the-example.tasks.ts");
    expect(tasksFile(example, command)).to.equal(readFileSync(tasksPath(example), "utf8"));
  });

  it("are known wherever the machines of this repository compute what a service gets", () => {
    const unknown = machines.filter((machine) => tasksFile(machine, command).includes(" unknown;"));
    expect(unknown.map(({ name }) => name)).to.deep.equal([]);
  });

  it("can't be read where a step's call is not found, which is told with its place", () => {
    expect(() => tasksFile(unreadable, command)).to.throw(
      TypesError,
      /^tests\/unit\/dsl\/tasks\/example\.ts:\d+:\d+: there is no call that makes the step "Loose"\. Its types are read from the TypeScript file that Node runs itself/,
    );
  });
});
