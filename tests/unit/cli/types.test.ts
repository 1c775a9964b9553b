import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { typesCommand, typesOf } from "../../../cli/commands/types.ts";
import { projectDir } from "../../../cli/project.ts";
import { machines } from "../../../workflow/index.ts";
import { tasksPath } from "../../../workflow/dsl/tasks/index.ts";

describe("lakehouse types", function () {
  // A program with the SDK's types takes TypeScript some seconds.
  this.timeout(60_000);

  for (const machine of machines.filter((each) => existsSync(tasksPath(each)))) {
    it(`prints what ${machine.name}.tasks.ts holds`, async () => {
      const written = await readFile(tasksPath(machine), "utf8");
      const isCurrent = (await typesOf(machine.name, {})) === written;
      expect(isCurrent, `${tasksPath(machine)} is not current: run \`${typesCommand(machine.name)}\``).to.be.true;
    });
  }

  it("exits with 2 where there is no such machine", async () => {
    const run = await new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [join(projectDir, "cli/main.ts"), "types", "lakehuose"],
        (_error, stdout, stderr) => {
          resolve({ exit: child.exitCode, stdout, stderr });
        },
      );
    });
    const names = machines.map(({ name }) => name).join(", ");
    expect(run).to.deep.equal({
      exit: 2,
      stdout: "",
      stderr: `there is no machine "lakehuose"; there is ${names}\n`,
    });
  });
});
