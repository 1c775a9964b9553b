/** What holds of every example: it compiles, validators accept it, its permissions are narrow, its cases end as they say. */
import { expect } from "chai";
import { compile, type Compiled, type Statement, type Workflow } from "../../../../workflow/dsl/index.ts";
import { complaints } from "../validators.ts";
import { play, type Case, type Example } from "./example.ts";

/** A statement for any resource has to say why. */
const isTooWide = ({ resources, reason }: Statement): boolean =>
  resources.length === 0 || (resources.some((each) => /^\*?$/.test(each)) && reason === undefined);

/** How the case has to end; where it says nothing of its status, an error means failure. */
const expectedEnd = ({ input: _, tasks: _tasks, objects: _objects, asked: _asked, ...end }: Case): object => ({
  status: end.error === undefined ? "SUCCEEDED" : "FAILED",
  ...end,
});

export function describeExample(example: Example): void {
  const { machine, cases } = example;
  let compiled: Compiled;

  describe(machine.name, () => {
    before(async () => {
      compiled = await compile(machine);
    });

    it("compiles to what both validators accept, without findings, the same at every call", async () => {
      expect(await complaints(compiled.definition)).to.deep.equal([]);
      expect(compiled.findings).to.deep.equal([]);
      expect(JSON.stringify(await compile(machine))).to.equal(JSON.stringify(compiled));
    });

    it("needs permissions for nothing but what it names", () => {
      const statements = [...compiled.permissions, ...compiled.lambdas.flatMap(({ permissions }) => permissions)];
      expect(statements.filter(isTooWide)).to.deep.equal([]);
    });

    for (const [what, played] of Object.entries(cases)) {
      it(what, async () => {
        const { asked, ...result } = await play(machine, played, compiled.definition);
        const expected = expectedEnd(played);
        const seen = Object.fromEntries(Object.entries(result).filter(([name]) => name in expected));
        expect(seen, `${result.error ?? "no error"}: ${result.cause ?? "no cause"}`).to.deep.equal(expected);
        for (const [state, calls] of Object.entries(played.asked ?? {})) {
          expect(asked[state], state).to.deep.equal(calls);
        }
      });
    }
  });
}

/** What the machine may do, a line a statement. */
export async function permissionsOf(machine: Workflow): Promise<string[]> {
  const { permissions } = await compile(machine);
  return permissions.map(({ actions, resources }) => `${actions.join(", ")} on ${resources.join(", ")}`);
}
