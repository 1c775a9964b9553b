import { expect } from "chai";
import { Redrives } from "../../../workflow/simulator/server/redrives.ts";

describe("The client tokens of redrives", () => {
  it("are known for 15 minutes, the last ten of an execution", () => {
    let now = 0;
    const redrives = new Redrives(() => now);
    const first = new Date(1);
    redrives.answer("one", "0", first);
    now = 15 * 60 * 1000 - 1;
    expect(redrives.answered("one", "0")).to.equal(first);
    expect(redrives.answered("other", "0")).to.equal(undefined);
    now += 1;
    expect(redrives.answered("one", "0")).to.equal(undefined);
    for (let token = 1; token <= 11; token += 1) redrives.answer("one", String(token), new Date(token));
    expect(redrives.answered("one", "1")).to.equal(undefined);
    expect(redrives.answered("one", "2")).to.deep.equal(new Date(2));
    redrives.answer("one", undefined, new Date(12));
    expect(redrives.answered("one", undefined)).to.equal(undefined);
    expect(redrives.answered("one", "2")).to.deep.equal(new Date(2));
  });
});
