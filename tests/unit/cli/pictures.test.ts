import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { diffOf } from "../../../cli/commands/diff.ts";
import { graphOf } from "../../../cli/commands/graph.ts";
import { UserError } from "../../../cli/errors.ts";

const definition = { StartAt: "A", States: { A: { Type: "Pass", End: true } } };
const history = {
  events: [
    { id: 1, type: "ExecutionStarted", timestamp: "2025-04-01T00:00:00.000000+00:00" },
    {
      id: 2,
      previousEventId: 0,
      type: "PassStateEntered",
      timestamp: "2025-04-01T00:00:00.000000+00:00",
      stateEnteredEventDetails: { name: "A" },
    },
    {
      id: 3,
      previousEventId: 2,
      type: "PassStateExited",
      timestamp: "2025-04-01T00:00:00.010000+00:00",
      stateExitedEventDetails: { name: "A" },
    },
  ],
};

const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("lakehouse graph and lakehouse diff", () => {
  let folder = "";
  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakehouse-pictures-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("draw a machine of this project by its name", async function () {
    // Its Lambdas are bundled.
    this.timeout(60_000);
    expect(await graphOf("lakehouse", { format: "mermaid" })).to.match(
      /^flowchart TD\n[^]*s_CheckMarkers --> s_Wave1\n/,
    );
    expect(await graphOf("lakehouse", { format: "svg" })).to.match(
      /^<svg [^]*<title[^>]*>The state machine lakehouse</,
    );
  });

  it("draw any definition, with an execution on it", async () => {
    const path = await file("mine.json", definition);
    expect(await graphOf(path, { format: "mermaid", execution: await file("history.json", history) })).to.equal(
      `flowchart TD
  machine_start(["Start"])
  s_A("A<br/><small>10 ms</small>")
  machine_end(["End"])
  machine_start --> s_A
  s_A --> machine_end
  classDef succeeded fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a
  class s_A succeeded
  linkStyle 0,1 stroke:#1a7f37,stroke-width:2px
`,
    );
  });

  it("compare a file with a machine, as text, Markdown or JSON", async () => {
    const old = await file("old.json", definition);
    const now = await file("new.json", { ...definition, Comment: "new" });
    expect(await diffOf(old, now, { format: "text" })).to.match(
      /^1 change of a machine itself\.\n\n~ the machine: Comment is new: "new"\.\n/,
    );
    expect(await diffOf(old, now, { format: "markdown" })).to.match(/^\*\*new\*\*: 1 change of a machine itself\.\n/);
    expect(JSON.parse(await diffOf(old, old, { format: "json" }))).to.deep.equal({
      summary: "Nothing changes: both definitions mean the same",
      changes: [],
      facts: [],
    });
  });

  it("tell what tokens stand for as JSON, and otherwise if asked", async () => {
    const withResource = (text: string): object => ({ ...definition, Comment: text });
    const old = await file("old.json", withResource("into raw-dev"));
    const now = await file("new.json", withResource("into ${raw.name}"));
    const same = "Nothing changes: both definitions mean the same";
    expect(await diffOf(old, now, { format: "text" })).to.equal(`${same}.\n`);
    expect(await diffOf(old, now, { format: "text", verbose: true })).to.equal(
      `${same}.\n\nwith \${raw.name} = raw-dev\n`,
    );
    expect(JSON.parse(await diffOf(old, now, { format: "json" }))).to.deep.equal({
      summary: same,
      changes: [],
      facts: [],
      tokens: { "raw.name": "raw-dev" },
    });
  });

  it("refuse what they can't read, with its name and what it should be", async () => {
    const path = await file("mine.json", definition);
    const message = async (promise: Promise<unknown>): Promise<string> => {
      const error = await refusal(promise);
      expect(error).to.be.instanceOf(UserError);
      return error instanceof UserError ? error.message : "";
    };
    expect(await message(graphOf("nowhere.json", { format: "svg" }))).to.equal(
      "there is no file nowhere.json and no machine of that name; the machines are lakehouse, human_approval, bucket_report, order_saga",
    );
    expect(await message(diffOf(await file("history.json", history), path, { format: "text" }))).to.equal(
      `${join(folder, "history.json")} is no definition of a state machine: it should be an object with "StartAt" and "States"`,
    );
    expect(await message(diffOf(path, await file("broken.json", '{"StartAt":'), { format: "text" }))).to.equal(
      `${join(folder, "broken.json")}:1:12: not JSON: Unexpected end of JSON input`,
    );
    expect(await message(graphOf(path, { format: "svg", execution: path }))).to.match(
      /mine\.json: this is no history of an execution: it should be what `aws stepfunctions get-execution-history` prints/,
    );
  });
});
