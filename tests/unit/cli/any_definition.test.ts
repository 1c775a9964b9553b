import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { diffOf } from "../../../cli/commands/diff.ts";
import { graphOf } from "../../../cli/commands/graph.ts";
import { simulateMachine } from "../../../cli/commands/simulate.ts";
import { validateFile } from "../../../cli/commands/validate.ts";
import { UserError } from "../../../cli/errors.ts";
import { valid } from "../dsl/definition/validate/valid.ts";

const definitions = valid.map(({ definition }) => JSON.stringify(definition));

/** A definition with anything in the place of one of its values. */
const changed = fc.tuple(fc.constantFrom(...definitions), fc.nat(), fc.jsonValue()).map(([text, place, value]) => {
  const places = text.match(/[:,[]/g)?.length ?? 1;
  let count = 0;
  return JSON.stringify(JSON.parse(text, (_key, each: unknown) => (count++ === place % places ? value : each)));
});

describe("a definition of any kind", function () {
  this.timeout(120_000);

  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-any-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** What no person can mend is a defect, whose stack the command would show. */
  async function survives(text: string): Promise<void> {
    const [path, other] = [join(folder, "given.json"), join(folder, "other.json")];
    await writeFile(path, text);
    await writeFile(other, definitions[0] ?? "");
    const { signal } = new AbortController();
    for (const use of [
      () => validateFile(path),
      () => graphOf(path, { format: "mermaid" }),
      () => graphOf(path, { format: "svg" }),
      () => diffOf(other, path, { format: "text" }),
      () => diffOf(path, other, { format: "markdown" }),
      () => simulateMachine(path, {}, signal),
    ]) {
      const failure: unknown = await use().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure !== undefined) expect(failure, String(use)).to.be.instanceOf(UserError);
    }
  }

  it("is validated, drawn, compared and simulated, or refused in words", async () => {
    await fc.assert(fc.asyncProperty(changed, survives), { numRuns: 100 });
  });

  it("is refused in words if it is any other JSON", async () => {
    await fc.assert(fc.asyncProperty(fc.json(), survives), { numRuns: 100 });
  });
});
