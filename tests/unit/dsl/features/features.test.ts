import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { compile, type Compiled, type Workflow } from "../../../../workflow/dsl/index.ts";
import { simulate, type SimulationResult } from "../../../../workflow/simulator/index.ts";
import { complaints, withArns } from "../validators.ts";
import { features } from "./index.ts";
import { place, withTable } from "./page.ts";
import { standing } from "./standing.ts";

const rows = Object.values(features).flat();

/** Programs of several rows are compiled once. */
const compiled = new Map<Workflow, Promise<Compiled>>();
function definitionOf(program: Workflow): Promise<Compiled["definition"]> {
  const known = compiled.get(program) ?? compile(program);
  compiled.set(program, known);
  return known.then(({ definition }) => definition);
}

/** Seconds from the first event to the last. */
function takes({ events }: SimulationResult): number {
  const [first, last] = [events[0], events.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.timestamp.getTime() - first.timestamp.getTime()) / 1000;
}

/** Properties of a JSON schema, at any depth. */
function propertiesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema && !Array.isArray(schema) ? Object.keys(Object(schema.properties)) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesIn)];
}

/** Of JSONPath mode alone. */
const jsonPath =
  /Path$|\.\$$|^(And|Or|Not|Variable|Parameters|Result|ResultSelector|Iterator|Is[A-Z]\w+|(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)\w*)$/;
/** Of the arguments of the S3 calls in readers and writers, which are rows of their own. */
const argumentsOfS3 = ["Bucket", "Key", "Prefix"];

describe("the feature table", () => {
  for (const [title, part] of Object.entries(features)) {
    describe(`of ${title}`, () => {
      for (const { field, of, program, values, cases } of part) {
        it(`shows ${[field, ...(of === undefined ? [] : [of])].join(", ")}`, async () => {
          const definition = await definitionOf(program);
          expect(standing(definition, field)).to.deep.equal(values);
          expect(await complaints(withArns(definition))).to.deep.equal([]);
          for (const { given, ends } of cases) {
            const result = await simulate(definition, given);
            const seen = { ...result, takes: takes(result) };
            expect(seen).to.deep.include(ends);
          }
        });
      }
    });
  }

  it("leaves no field of JSONata mode out that the language service knows", () => {
    const require = createRequire(import.meta.url);
    const schema: unknown = require("amazon-states-language-service/out/json-schema/bundled.json");
    const known = new Set(propertiesIn(schema));
    const shown = new Set(rows.flatMap(({ field }) => field.replaceAll("[]", "").split(".").slice(1)));
    const forgotten = [...known].filter(
      (name) => !jsonPath.test(name) && !argumentsOfS3.includes(name) && !shown.has(name),
    );
    expect(forgotten).to.deep.equal([]);
  });

  it("says of no field that it is never written which any of its programs has", async () => {
    const never = rows.filter(({ values }) => values.length === 0);
    for (const { program } of rows) {
      const definition = await definitionOf(program);
      expect(never.filter(({ field }) => standing(definition, field).length > 0)).to.deep.equal([]);
    }
  });

  it("is in FEATURES.md as the rows say: `node scripts/feature_table.ts` writes it", async () => {
    const page = readFileSync(place, "utf8");
    expect(page).to.equal(await withTable(page));
  });
});
