import { expect } from "chai";
import { readLambdaError } from "../../../local/lambda_errors.ts";

describe("a Lambda's error", () => {
  it("has the name, message and stack that the bootstrap wrote into the emulator's message", () => {
    const error = {
      errorType: "ChecksFailed",
      errorMessage: "orders: 3, not 4",
      trace: ["ChecksFailed: …", "at index.js:2"],
    };
    const reported = { errorType: "Runtime.HandlerError", errorMessage: `lakehouse-error:${JSON.stringify(error)}` };
    expect(readLambdaError(JSON.stringify(reported))).to.deep.equal(error);
  });

  it("is the emulator's own where the handler did not throw it, as with a timeout", () => {
    const reported = { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 3.00 seconds" };
    expect(readLambdaError(JSON.stringify(reported))).to.deep.equal({ ...reported, trace: [] });
  });
});
