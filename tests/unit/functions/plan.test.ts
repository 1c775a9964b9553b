import { expect } from "chai";
import fc from "fast-check";
import { plan, started, type Ending, type Ledger } from "../../../functions/dispatch/plan.ts";
import type { RawObject } from "../../../functions/run.ts";

const limits = { maxAttempts: 3, retryDelay: 60 };
const noon = new Date("2025-04-01T12:00:00.000Z");
const later = (seconds: number): Date => new Date(noon.getTime() + seconds * 1000);
const none = new Map<string, Ending>();

const object = (key: string, versionId = "v1"): RawObject => ({
  key,
  versionId,
  etag: "9e107d9d372bb6826bd81d3542a419d6",
  size: 10,
  lastModified: "2025-04-01T11:00:00.000Z",
});

/** The ledger once the file is on its way for the first time. */
const onItsWay = (): Ledger => started(plan([object("raw/a")], {}, none, limits, noon), "run");

describe("the dispatcher's plan", () => {
  it("takes every file that was never tried, as its first attempt", () => {
    const { files, lookAgainIn } = plan([object("raw/a"), object("raw/b")], {}, none, limits, noon);
    expect(files.map(({ key, attempt }) => ({ key, attempt }))).to.deep.equal([
      { key: "raw/a", attempt: 1 },
      { key: "raw/b", attempt: 1 },
    ]);
    expect(lookAgainIn).to.equal(undefined);
  });

  it("takes no notice of the empty objects that stand for folders", () => {
    expect(plan([{ ...object("raw/orders/"), size: 0 }], {}, none, limits, noon).files).to.deep.equal([]);
  });

  it("lets a failed file wait, twice as long each time, and gives it up after the third failure", () => {
    const failed = new Map([["run", "FAILED" as const]]);
    let ledger: Ledger = {};
    const bells = [0, 100, 159, 160, 200, 319, 320, 400, 100_000].map((second) => {
      const next = plan([object("raw/a")], ledger, failed, limits, later(second));
      ledger = started(next, "run");
      return { second, attempt: next.files[0]?.attempt, lookAgainIn: next.lookAgainIn };
    });
    expect(bells).to.deep.equal([
      { second: 0, attempt: 1, lookAgainIn: undefined },
      { second: 100, attempt: undefined, lookAgainIn: 60 },
      { second: 159, attempt: undefined, lookAgainIn: 1 },
      { second: 160, attempt: 2, lookAgainIn: undefined },
      { second: 200, attempt: undefined, lookAgainIn: 120 },
      { second: 319, attempt: undefined, lookAgainIn: 1 },
      { second: 320, attempt: 3, lookAgainIn: undefined },
      { second: 400, attempt: undefined, lookAgainIn: undefined },
      { second: 100_000, attempt: undefined, lookAgainIn: undefined },
    ]);
  });

  it("tries a file again without delay if its execution was stopped by somebody or is unknown", () => {
    for (const ending of ["ABORTED", "gone"] as const) {
      const { files } = plan([object("raw/a")], onItsWay(), new Map([["run", ending]]), limits, noon);
      expect(files.map(({ attempt }) => attempt)).to.deep.equal([1]);
    }
  });

  it("begins anew with a new version of a key", () => {
    const failed = new Map([["run", "FAILED" as const]]);
    const { files } = plan([object("raw/a", "v2")], onItsWay(), failed, limits, noon);
    expect(files.map(({ versionId, attempt }) => ({ versionId, attempt }))).to.deep.equal([
      { versionId: "v2", attempt: 1 },
    ]);
  });

  it("forgets what is no longer in the raw zone", () => {
    expect(plan([], onItsWay(), none, limits, noon).ledger).to.deep.equal({});
  });

  it("names a batch after its files and their trials, whatever the order in which S3 lists them", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 }), (keys) => {
        const forwards = plan(
          keys.map((key) => object(key)),
          {},
          none,
          limits,
          noon,
        );
        const backwards = plan(
          [...keys].reverse().map((key) => object(key)),
          {},
          none,
          limits,
          noon,
        );
        expect(backwards.batch)
          .to.equal(forwards.batch)
          .and.match(/^b-[0-9a-f]{32}$/);
        const again = plan(
          keys.map((key) => object(key)),
          started(forwards, "run"),
          new Map([["run", "ABORTED"]]),
          limits,
          noon,
        );
        expect(again.batch).not.to.equal(forwards.batch);
      }),
    );
  });

  it("never takes a file more often than allowed if all of its executions fail", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), (maxAttempts, hours) => {
        let ledger: Ledger = {};
        let taken = 0;
        for (let step = 0; step < 40; step += 1) {
          const next = plan(
            [object("raw/a")],
            ledger,
            new Map([["run", "FAILED"]]),
            { maxAttempts, retryDelay: 60 },
            later(step * hours * 3600),
          );
          taken += next.files.length;
          ledger = next.files.length > 0 ? started(next, "run") : next.ledger;
        }
        expect(taken).to.equal(maxAttempts);
      }),
    );
  });
});
