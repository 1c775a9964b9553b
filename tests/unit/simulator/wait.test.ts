import { expect } from "chai";
import fc from "fast-check";
import { parseTimestamp } from "../../../workflow/simulator/timestamp.ts";
import { branch, duration, end, run } from "./machines.ts";

const wait = (fields: object): object => ({ Type: "Wait", End: true, ...fields });
const place = "An error occurred while executing the state 'Pause' (entered at the event id #2).";

describe("Wait", () => {
  it("takes seconds, literal or computed, and passes its input on", async () => {
    const result = await run(
      { Pause: { Type: "Wait", Seconds: 90, Next: "More" }, More: wait({ Seconds: "{% $states.input.s * 2 %}" }) },
      { input: { s: 5 } },
    );
    expect(duration(result)).to.equal(100);
    expect(result.output).to.deep.equal({ s: 5 });
  });

  it("waits until a timestamp with any offset", async () => {
    const result = await run({ Pause: wait({ Timestamp: "2025-01-01T03:00:00.500+02:00" }) });
    expect(duration(result)).to.equal(3600.5);
  });

  it("doesn't wait for a moment in the past", async () => {
    expect(duration(await run({ Pause: wait({ Timestamp: "2016-03-14T01:59:00Z" }) }))).to.equal(0);
  });

  it("knows dates that don't exist, missing T and missing offset", () => {
    const texts = [
      "2016-12-05T21:29:29Z",
      "2016-12-05T21:29:29.123456789+01:00",
      "2016-12-05 21:29:29Z",
      "2016-12-05T21:29:29",
      "2016-13-05T21:29:29Z",
      "2016-02-30T21:29:29Z",
      "2016-12-05T25:29:29Z",
      "05-12-2016T21:29:29Z",
      "tomorrow",
    ];
    expect(texts.filter((text) => parseTimestamp(text) !== undefined)).to.deep.equal(texts.slice(0, 2));
  });

  it("reads every moment that JavaScript writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        expect(parseTimestamp(date.toISOString())).to.equal(date.getTime());
      }),
    );
  });

  it("fails on a bad timestamp at run time", async () => {
    const result = await run(
      { Pause: wait({ Timestamp: "{% $states.input.at %}" }) },
      { input: { at: "2016-12-05 21:29:29Z" } },
    );
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause: `${place} The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05 21:29:29Z`,
    });
  });

  it("fails on seconds that are no integer", async () => {
    const result = await run({ Pause: wait({ Seconds: "{% 1.5 %}" }) });
    expect(end(result)).to.deep.equal({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause:
        `${place} The JSONata expression '1.5' specified for the field 'Seconds' returned an unexpected result type. ` +
        "Expected 'integer', but was 'number' for value: 1.5",
    });
  });

  it("takes virtual time equal to the longest path of waits", async () => {
    const paths = fc.array(fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(paths, async (waits) => {
        const branches = waits.map((path, lane) =>
          branch(
            Object.fromEntries(
              path.map((Seconds, step) => [
                `W${lane}_${step}`,
                step === path.length - 1 ? wait({ Seconds }) : { Type: "Wait", Seconds, Next: `W${lane}_${step + 1}` },
              ]),
            ),
          ),
        );
        const result = await run({ All: { Type: "Parallel", Branches: branches, End: true } });
        const longest = Math.max(...waits.map((path) => path.reduce((sum, seconds) => sum + seconds, 0)));
        expect(duration(result)).to.equal(longest);
        const times = result.events.map((event) => event.timestamp.getTime());
        expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });
});
