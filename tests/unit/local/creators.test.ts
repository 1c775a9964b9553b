import { expect } from "chai";
import { knownTypes } from "../../../local/aws/outputs.ts";
import { creatableTypes } from "../../../local/program.ts";

describe("the types of resources", () => {
  it("that this machine can make are those whose outputs it can compute", () => {
    expect([...creatableTypes].sort()).to.deep.equal([...knownTypes].sort());
  });
});
