import { expect } from "chai";
import fc from "fast-check";
import { define } from "../../../../../workflow/dsl/index.ts";
import { validate, type Code } from "../../../../../workflow/dsl/definition/validate/index.ts";
import { machines } from "../../../../../workflow/index.ts";
import { daily } from "../../readme_example.ts";
import { complaints } from "../../validators.ts";
import { broken } from "./broken/index.ts";
import { jsonata, task } from "./machines.ts";
import { valid } from "./valid.ts";

const found = (definition: unknown): string[] =>
  validate(definition).map(({ severity, code, path, message }) => `${severity} ${code} ${path}: ${message}`);

/** Which public validators refuse a definition. */
const refusedBy = async (definition: object): Promise<string[]> => {
  try {
    return [...new Set((await complaints(definition)).map((complaint) => complaint.slice(0, complaint.indexOf(":"))))];
  } catch {
    return ["asl-validator throws"];
  }
};

/** All codes: the type makes sure that none is forgotten. */
const codes: Readonly<Record<Code, true>> = {
  "any-error": true,
  "callback-retried": true,
  "callback-without-timeout": true,
  "callback-without-token": true,
  "catch-only-loop": true,
  concurrency: true,
  "covered-error": true,
  "distributed-only": true,
  "duplicate-name": true,
  "empty-machine": true,
  "empty-name": true,
  "endless-loop": true,
  eval: true,
  "exclusive-fields": true,
  express: true,
  heartbeat: true,
  label: true,
  limit: true,
  "long-history": true,
  "long-name": true,
  "malformed-resource": true,
  "missing-field": true,
  "missing-target": true,
  "mixed-language": true,
  "nearly-too-large": true,
  "newer-jsonata": true,
  "next-and-end": true,
  "no-context": true,
  "not-an-expression": true,
  "not-https": true,
  "out-of-scope": true,
  "payload-too-large": true,
  "possibly-unassigned": true,
  "reserved-variable": true,
  "shadowed-function": true,
  "shadowed-variable": true,
  "states-member": true,
  "sync-without-timeout": true,
  syntax: true,
  "too-large": true,
  unassigned: true,
  "unbounded-loop": true,
  "uncatchable-error": true,
  "unknown-error": true,
  "unknown-field": true,
  "unknown-function": true,
  "unknown-integration": true,
  "unknown-type": true,
  "unknown-variable": true,
  unreachable: true,
  "variable-name": true,
  "wrong-language": true,
  "wrong-type": true,
};

describe("validating a definition", () => {
  for (const each of broken) {
    it(`finds ${each.what}`, () => {
      expect(found(each.definition)).to.deep.equal(each.found);
    });
  }

  it("has an example of all that it finds", () => {
    const shown = new Set(broken.flatMap((each) => validate(each.definition).map(({ code }) => code)));
    expect([...shown].sort()).to.deep.equal(Object.keys(codes).sort());
  });

  for (const { what, definition, warnings = [] } of valid) {
    it(`takes ${what}`, () => {
      expect(validate(definition).map(({ code, path }) => `${code} ${path}`)).to.deep.equal(warnings);
    });
  }

  it("takes what this repository compiles", async () => {
    for (const machine of [...machines, daily]) {
      const { definition } = await define(machine);
      expect(validate(definition).filter(({ severity }) => severity === "error")).to.deep.equal([]);
    }
  });

  it("names the state, and the machine that it is in", () => {
    const [finding] = validate(
      jsonata({ A: { Type: "Map", ItemProcessor: { StartAt: "B", States: { B: {} } }, End: true } }),
    );
    expect(finding).to.deep.include({
      state: "B",
      machine: "A/ItemProcessor",
      path: "/States/A/ItemProcessor/States/B/Type",
    });
  });

  it("survives any JSON, and leaves it as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = JSON.stringify(value);
        validate(value);
        expect(JSON.stringify(value)).to.equal(before);
      }),
    );
  });

  it("survives a definition with anything in the place of any of its values", () => {
    const definitions = valid.map(({ definition }) => JSON.stringify(definition));
    fc.assert(
      fc.property(fc.constantFrom(...definitions), fc.nat(), fc.jsonValue(), (text, place, value) => {
        let count = 0;
        const places = text.match(/[:,[]/g)?.length ?? 1;
        const changed: unknown = JSON.parse(text, (_key, each: unknown) => (count++ === place % places ? value : each));
        expect(validate(changed)).to.be.an("array");
      }),
      { numRuns: 500 },
    );
  });

  it("takes less than a second of a processor for a thousand states", () => {
    const states = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `State${index}`,
        task({
          Arguments: { FunctionName: "f", Payload: `{% $states.input.a & "${index}" & $string($value${index}) %}` },
          Assign: { [`value${index + 1}`]: `{% $states.result[${index}] %}` },
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
          ...(index < 999 ? { Next: `State${index + 1}` } : {}),
        }),
      ]),
    );
    const definition = jsonata({
      Begin: { Type: "Pass", Assign: { value0: 1 }, Next: "State0" },
      ...states,
      Failed: { Type: "Fail" },
    });
    const before = process.cpuUsage();
    expect(validate(definition)).to.deep.equal([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).to.be.lessThan(1);
  });
});

describe("beside asl-validator and amazon-states-language-service, validating", () => {
  for (const each of broken) {
    const others = each.refusedBy.length === 0 ? "which both let pass" : `as ${each.refusedBy.join(" and ")}`;
    it(`finds ${each.what}, ${others}`, async () => {
      expect(await refusedBy(each.definition)).to.deep.equal(each.refusedBy);
    });
  }

  for (const each of valid) {
    const others = each.refusedBy === undefined ? "as both" : `unlike ${each.refusedBy.join(" and ")}`;
    it(`takes ${each.what}, ${others}`, async () => {
      expect(await refusedBy(each.definition)).to.deep.equal(each.refusedBy ?? []);
    });
  }
});
