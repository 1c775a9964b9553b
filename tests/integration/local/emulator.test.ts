/** The emulator's process: what outlives it, and that it outlives nobody. */
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { CreateFunctionCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { clientsFor } from "../../../local/clients.ts";
import { startEmulator } from "../../../local/emulator.ts";
import { bootstrap, readLambdaError } from "../../../local/lambda_errors.ts";
import { zip } from "../../../local/zip.ts";
import { projectDir, region, startParts, type Parts } from "./parts.ts";

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe("the emulator", () => {
  let parts: Parts;
  before(async () => {
    parts = await startParts();
  });
  after(() => parts[Symbol.asyncDispose]());

  it("ends when the process that started it is killed, and leaves the home to the next", async () => {
    const home = { ...parts.home, lock: `${parts.home.lock}-2`, objects: join(parts.home.root, "objects-2") };
    const program = `
      import { startEmulator } from ${JSON.stringify(join(projectDir, "local/emulator.ts"))};
      const { url } = await startEmulator(${JSON.stringify({ home, projectDir, region })});
      console.log(url);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = z.tuple([z.url()]).parse(await once(createInterface({ input: parent.stdout }), "line"))[0];
    expect(await answers(url)).to.equal(true);
    parent.kill("SIGKILL");
    const next = await startEmulator({ home, projectDir, region });
    expect(await answers(url)).to.equal(false);
    await next.end();
  });

  it("keeps objects when it ends and starts again", async () => {
    await using first = await startParts("some-bucket");
    const place = { Bucket: "some-bucket", Key: "a b/é.csv" };
    await first.clients.s3.send(new PutObjectCommand({ ...place, Body: "x" }));
    await first.emulator.end();
    expect(await readdir(first.home.scratch)).to.deep.equal([]);
    const emulator = await startEmulator({ home: first.home, projectDir, region });
    const clients = clientsFor(emulator.url, region);
    const { Body } = await clients.s3.send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).to.equal("x");
    clients.destroy();
    await emulator.end();
  });

  it("runs a Lambda's bundle on Node 24, and its errors keep their names", async () => {
    const index = `exports.handler = async ({ wrong }) => {
      if (wrong) throw Object.assign(new Error("orders has 3 rows, recorded were 4"), { name: "ChecksFailed" });
      return { node: process.version.split(".")[0], profile: process.env.AWS_PROFILE ?? null };
    };`;
    const source = await readFile(join(projectDir, "local/lambda_bootstrap.cjs"));
    const { lambda } = parts.clients;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "check",
        Runtime: "nodejs24.x",
        Handler: bootstrap.handler,
        Role: "arn:aws:iam::000000000000:role/check",
        Code: { ZipFile: zip({ "index.js": index, [bootstrap.file]: source }) },
        Environment: { Variables: { [bootstrap.variable]: "index.handler" } },
      }),
    );
    const invoke = async (payload: object): Promise<{ error: string | undefined; text: string }> => {
      const answer = await lambda.send(new InvokeCommand({ FunctionName: "check", Payload: JSON.stringify(payload) }));
      return { error: answer.FunctionError, text: answer.Payload?.transformToString() ?? "" };
    };
    expect(JSON.parse((await invoke({})).text)).to.deep.equal({ node: "v24", profile: null });
    const { error, text } = await invoke({ wrong: true });
    expect(error).to.equal("Unhandled");
    const { errorType, errorMessage, trace } = readLambdaError(text);
    expect({ errorType, errorMessage }).to.deep.equal({
      errorType: "ChecksFailed",
      errorMessage: "orders has 3 rows, recorded were 4",
    });
    expect(trace[1]).to.contain("index.js:2");
  });
});
