import { expect } from "chai";
import { QueryError, type Athena } from "../../../local/athena.ts";
import { createQueries } from "../../../local/queries.ts";

const athena: Athena = {
  ready: Promise.resolve(),
  query: (sql) =>
    sql === "bad"
      ? Promise.reject(new QueryError("COLUMN_NOT_FOUND: Column 'x' cannot be resolved"))
      : Promise.resolve({ columns: [{ name: "id", type: "bigint" }], rows: [["1"], [null], ["3"]] }),
  describe: () => Promise.resolve(null),
  end: () => Promise.resolve(),
};
const ask = (sql: string): { sql: string; workgroup: string; database: string } => ({
  sql,
  workgroup: "w",
  database: "d",
});

describe("a query execution", () => {
  it("gives its results in pages, the header first, and null as nothing", async () => {
    const queries = createQueries(athena);
    const id = queries.start(ask("good"));
    expect(queries.get(id).Status.State).to.equal("RUNNING");
    expect((await queries.ended(id)).Status.State).to.equal("SUCCEEDED");
    const first = queries.results(id, 3);
    expect(first.ResultSet.Rows).to.deep.equal([
      { Data: [{ VarCharValue: "id" }] },
      { Data: [{ VarCharValue: "1" }] },
      { Data: [{}] },
    ]);
    const second = queries.results(id, 3, first.NextToken);
    expect(second.ResultSet.Rows).to.deep.equal([{ Data: [{ VarCharValue: "3" }] }]);
    expect(second.NextToken).to.equal(undefined);
  });

  it("that fails says why, and has no results", async () => {
    const queries = createQueries(athena);
    const id = queries.start(ask("bad"));
    const { Status } = await queries.ended(id);
    expect(Status).to.include({
      State: "FAILED",
      StateChangeReason: "COLUMN_NOT_FOUND: Column 'x' cannot be resolved",
    });
    expect(() => queries.results(id)).to.throw("Query did not finish successfully. Final query state: FAILED");
    expect(() => queries.get("other")).to.throw("QueryExecution other was not found");
  });
});
