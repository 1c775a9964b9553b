import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { fieldsOf } from "../../../../workflow/dsl/definition/machine.ts";
import { define, type Defined, type Workflow } from "../../../../workflow/dsl/index.ts";
import { simulate, type SimulationResult } from "../../../../workflow/simulator/index.ts";
import { complaints, withArns } from "../validators.ts";
import { features } from "./index.ts";
import { place, withTable } from "./page.ts";
import type { Row } from "./row.ts";
import { standing } from "./standing.ts";

const rows = Object.values(features).flat();

interface Checked {
  readonly definition: Defined["definition"];
  readonly complaints: readonly string[];
}
/** Programs of several rows are compiled and checked once. */
const known = new Map<Workflow, Promise<Checked>>();
function checked(program: Workflow): Promise<Checked> {
  const check = async (): Promise<Checked> => {
    const { definition } = await define(program);
    return { definition, complaints: await complaints(withArns(definition)) };
  };
  const checking = known.get(program) ?? check();
  known.set(program, checking);
  return checking;
}

const nameOf = ({ field, of }: Row): string => [field, ...(of === undefined ? [] : [of])].join(", ");

/** Seconds from the first event to the last. */
function takes({ events }: SimulationResult): number {
  const [first, last] = [events[0], events.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.timestamp.getTime() - first.timestamp.getTime()) / 1000;
}

/** Simulates the row's cases. */
async function shows(definition: object, { cases }: Row): Promise<void> {
  for (const { given, ends } of cases) {
    const result = await simulate(definition, given);
    expect({ ...result, takes: takes(result) }).to.deep.include(ends);
  }
}

/** Properties of a JSON schema, at any depth. */
function propertiesIn(schema: unknown): string[] {
  const members = fieldsOf(schema);
  const inner = Array.isArray(schema) ? schema : Object.values(members);
  return [...Object.keys(fieldsOf(members.properties)), ...inner.flatMap(propertiesIn)];
}

/** Of JSONPath mode alone. */
const jsonPath =
  /Path$|\.\$$|^(And|Or|Not|Variable|Parameters|Result|ResultSelector|Iterator|Is[A-Z]\w+|(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)\w*)$/;
/** Of the arguments of the S3 calls in readers and writers, which are rows of their own. */
const argumentsOfS3 = ["Bucket", "Key", "Prefix"];

describe("the feature table", () => {
  for (const [title, part] of Object.entries(features)) {
    describe(`of ${title}`, () => {
      for (const row of part) {
        it(`shows ${nameOf(row)}`, async () => {
          const { definition, complaints } = await checked(row.program);
          expect(standing(definition, row.field)).to.deep.equal(row.values);
          expect(complaints).to.deep.equal([]);
          await shows(definition, row);
        });
      }
    });
  }

  it("leaves no field of JSONata mode out that the language service knows", () => {
    const { resolve } = createRequire(import.meta.url);
    // The service makes a circle of its own copy.
    const file = resolve("amazon-states-language-service/out/json-schema/bundled.json");
    const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
    const known = new Set(propertiesIn(schema));
    const shown = new Set(rows.flatMap(({ field }) => field.replaceAll("[]", "").split(".").slice(1)));
    const forgotten = [...known].filter(
      (name) => !jsonPath.test(name) && !argumentsOfS3.includes(name) && !shown.has(name),
    );
    expect(forgotten).to.deep.equal([]);
  });

  it("says of no field that it is never written which any of its programs has", async function () {
    this.timeout(60_000);
    const never = rows.filter(({ values }) => values.length === 0);
    for (const { program } of rows) {
      const { definition } = await checked(program);
      expect(never.filter(({ field }) => standing(definition, field).length > 0)).to.deep.equal([]);
    }
  });

  it("is in FEATURES.md as the rows say: `node scripts/feature_table.ts` writes it", async () => {
    const page = readFileSync(place, "utf8");
    expect(page).to.equal(await withTable(page));
  });
});
