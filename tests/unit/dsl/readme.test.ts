import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as z from "zod";
import * as dsl from "../../../workflow/dsl/index.ts";
import { simulate, TaskError, type SimulationResult } from "../../../workflow/simulator/index.ts";
import { daily } from "./readme_example.ts";
import { complaints } from "./validators.ts";

const read = (relative: string): string => readFileSync(new URL(relative, import.meta.url), "utf8");
const readme = read("../../../workflow/dsl/README.md");

describe("the DSL's README", () => {
  it("shows the program that is tested here, word for word", () => {
    const [, shown] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const example = read("./readme_example.ts");
    expect(example.slice(example.indexOf("const input ="))).to.equal(shown);
  });

  it("names, with the feature table, all functions of the surface and no other", () => {
    const surface: string[] = [];
    dsl.workflow("any", { input: z.object({}) }, (flow) => {
      surface.push(...Object.keys(flow));
    });
    const features = read("../../../workflow/dsl/FEATURES.md");
    const named = [...`${readme}${features}`.matchAll(/flow\.(\w+)/g)].flatMap(([, name]) => name ?? []);
    expect(new Set(named)).to.deep.equal(new Set([...surface, "ts"]));
  });

  describe("its example", () => {
    const run = async (load: () => object): Promise<SimulationResult> => {
      const { definition, findings } = await dsl.compile(daily);
      expect(findings).to.deep.equal([]);
      expect(await complaints(definition)).to.deep.equal([]);
      let asked = 0;
      return simulate(definition, {
        input: { day: "2025-04-01", files: ["a.csv"] },
        tasks: {
          Sift: () => ({ Payload: { kept: ["a.csv"], count: 1 } }),
          Load: load,
          StartCrawler: () => ({}),
          GetCrawler: () => ({ Crawler: { State: ++asked === 3 ? "READY" : "RUNNING" } }),
          Alert: () => ({ MessageId: "1" }),
        },
      });
    };

    it("waits for the crawler", async () => {
      const { status, states } = await run(() => ({ Id: "jr", JobRunState: "SUCCEEDED" }));
      expect(status).to.equal("SUCCEEDED");
      expect(states.filter((name) => name === "GetCrawler")).to.have.lengthOf(3);
    });

    it("alerts of a job that failed", async () => {
      const { error, cause, states } = await run(() => {
        throw new TaskError("States.TaskFailed", "out of memory");
      });
      expect({ error, cause }).to.deep.equal({ error: "DayFailed", cause: "out of memory" });
      expect(states.slice(-2)).to.deep.equal(["Alert", "Failed"]);
    });
  });
});
