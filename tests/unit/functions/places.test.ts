import { expect } from "chai";
import { causeText, failedState } from "../../../functions/failure.ts";
import { archiveKey, auditKey, markerKey, parseRawKey, quarantineKey, reasonKey } from "../../../functions/places.ts";

describe("the place of a file", () => {
  it("is told by its key", () => {
    expect(parseRawKey("raw/orders/2025/04/01.csv")).to.deep.equal({ folder: "orders", path: "2025/04/01.csv" });
    expect(parseRawKey("raw/01.csv")).to.deep.equal({ folder: null, path: "01.csv" });
  });

  it("in the archive and in quarantine is its version's own", () => {
    expect(archiveKey("raw/orders/a/b.csv", "v")).to.equal("archived/orders/v/a/b.csv");
    expect(quarantineKey("raw/b.csv", "v")).to.equal("quarantine/v/b.csv");
    expect(reasonKey("raw/orders/b.csv", "v")).to.equal("quarantine/orders/v/b.csv.reason.json");
  });

  it("has the marker that the semantics name", () => {
    expect(markerKey("raw/orders/a/b.csv")).to.equal("processed/_processed_log/orders/a/b.csv.txt");
  });

  it("in the audit table is the day of its batch", () => {
    expect(auditKey("2025-04-01T23:59:59.999Z", "b-1", "p")).to.equal(
      "processed/ingest_files/day=2025-04-01/b-1-p.jsonl",
    );
  });
});

describe("a failure", () => {
  const entered = (id: number, previousEventId: number, name: string) =>
    ({
      id,
      previousEventId,
      timestamp: new Date(0),
      type: "TaskStateEntered",
      stateEnteredEventDetails: { name },
    }) as const;
  const event = (id: number, previousEventId: number, type: "TaskScheduled" | "TaskFailed" | "ParallelStateFailed") =>
    ({ id, previousEventId, timestamp: new Date(0), type }) as const;

  it("is that of the state which the failed task was entered for, not of a sibling that was entered later", () => {
    const history = [
      event(6, 5, "TaskFailed"),
      entered(4, 0, "LoadOrders"),
      event(5, 3, "TaskScheduled"),
      entered(3, 2, "LoadProducts"),
    ];
    expect(failedState(history)).to.equal("LoadProducts");
  });

  it("has no state if nothing failed", () => {
    expect(failedState([entered(1, 0, "LoadOrders")])).to.equal(undefined);
  });

  it("is told by the message within its cause", () => {
    expect(causeText('{"errorType":"X","errorMessage":"no such bucket"}')).to.equal("no such bucket");
    expect(causeText('{"JobRunState":"FAILED","ErrorMessage":"out of memory"}')).to.equal("out of memory");
    expect(causeText("plain words")).to.equal("plain words");
    expect(causeText("{broken")).to.equal("{broken");
    expect(causeText(undefined)).to.equal("no cause was given");
  });
});
