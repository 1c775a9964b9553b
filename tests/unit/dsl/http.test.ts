/** What the machine asks an HTTPS API for. */
import { expect } from "chai";
import * as z from "zod";
import { fetchHttp, httpConnection, workflow, type HttpRequest } from "../../../workflow/dsl/index.ts";
import { run } from "./run.ts";

/** The headers of a request with a body. */
async function headers(request: Pick<HttpRequest, "encoding" | "headers">): Promise<unknown> {
  const seen: unknown[] = [];
  const posting = workflow("posting", { input: z.object({}), resources: { api: httpConnection() } }, (flow, _, aws) => {
    const url = "https://api.example.com/orders";
    flow.task("Post", fetchHttp(aws.api, { method: "POST", url, body: { id: "o-1" }, ...request }));
  });
  const Post = (args: unknown): object => {
    seen.push(z.object({ Headers: z.unknown().optional() }).parse(args).Headers);
    return {};
  };
  await run(posting, { tasks: { Post } });
  return seen[0];
}

const form = "application/x-www-form-urlencoded";

describe("a request to an HTTPS API", () => {
  it("says that its body is a form, beside the headers that it is given", async () => {
    expect(await headers({ encoding: "FORM" })).to.deep.equal({ "Content-Type": form });
    expect(await headers({ encoding: "FORM", headers: { Accept: "text/csv" } })).to.deep.equal({
      "Content-Type": form,
      Accept: "text/csv",
    });
  });

  it("says nothing of a body that is JSON, nor what its own headers say", async () => {
    expect(await headers({})).to.equal(undefined);
    expect(await headers({ encoding: "FORM", headers: { "content-type": `${form}; charset=utf-8` } })).to.deep.equal({
      "content-type": `${form}; charset=utf-8`,
    });
  });
});
