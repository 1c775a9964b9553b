import { chdir, cwd } from "node:process";
import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { bundleHandler, bundleLambdas, type LambdaBundle } from "../../../../workflow/dsl/bundle/index.ts";
import { invoke, project, removeProjects, requestsOf, stackOf } from "./sandbox.ts";

const dsl = path.resolve(import.meta.dirname, "../../../../workflow/dsl/bundle/index.ts");

const bundles = async (files: Record<string, string>): Promise<LambdaBundle[]> =>
  bundleLambdas(await requestsOf(project(files)));

/** What each Lambda of a machine returns for an event, in the order of the steps. */
async function results(files: Record<string, string>, event: unknown = {}): Promise<unknown[]> {
  return Promise.all((await bundles(files)).map((bundle) => invoke(bundle, event)));
}

describe("A bundled Lambda", () => {
  after(removeProjects);

  it("runs a handler written in place with the module's declarations that it reaches", async () => {
    const [bundle] = await bundles({
      "machine.ts": `import { shout } from "./functions/shout.ts";
const greetings: Record<string, string> = { en: "Hello" };
function greet(language: string, name: string): string {
  return shout(greetings[language] + ", " + name);
}
export default (flow: any) => {
  const mark = "?!" as const;
  flow.lambda("Greet", { name: "you" }, async ({ name }: { name: string }) => ({ said: greet("en", name) + mark }));
};
`,
      "functions/shout.ts": `export const shout = (text: string): string => text.toUpperCase();\n`,
    });
    expect(bundle && (await invoke(bundle, { name: "you" }))).to.deep.equal({ said: "HELLO, YOU?!" });
    expect(bundle?.source).to.deep.equal({ file: "machine.ts", line: 8 });
  });

  it("runs a named handler, one imported, and one bundled outside any machine alike", async () => {
    const folder = project({
      "machine.ts": `import { archiveAndMark as archive } from "./functions/index.ts";
export async function own(event: { n: number }) { return event.n * 2; }
export default (flow: any) => {
  flow.lambda("Own", {}, own);
  flow.lambda("Archive", {}, archive);
};
`,
      "functions/index.ts": `export * from "./archive.ts";\n`,
      "functions/archive.ts": `\nexport { archive as archiveAndMark };\nconst archive = async (event: { n: number }) => event.n * 3;\n`,
    });
    const [own, archive] = await bundleLambdas(await requestsOf(folder));
    const exported = await bundleHandler(pathToFileURL(`${folder}/functions/index.ts`).href, "archiveAndMark");
    expect(own && (await invoke(own, { n: 7 }))).to.equal(14);
    expect(archive && (await invoke(archive, { n: 7 }))).to.equal(21);
    expect(await invoke(exported, { n: 7 })).to.equal(21);
    expect(own?.source).to.deep.equal({ file: "machine.ts", line: 2 });
    expect(archive?.source).to.deep.equal({ file: "functions/archive.ts", line: 3 });
    expect(exported.source).to.deep.equal(archive?.source);
  });

  it("keeps what a serialised closure would lose: Map, Set, Date, Symbol, #private, generators, cycles", async () => {
    const files = {
      "machine.ts": `const map = new Map([["a", new Set([1, 2])]]);
const day = new Date("2025-04-01T00:00:00Z");
const tag = Symbol.for("tag");
class Counter { #n = 0; static first = 1; next() { return (this.#n += Counter.first); } [tag] = "tagged"; }
function* numbers() { yield 1; yield 2; }
const even = (n: number): boolean => n === 0 || odd(n - 1);
const odd = (n: number): boolean => n !== 0 && even(n - 1);
export default (flow: any) => {
  flow.lambda("All", {}, async () => {
    const counter = new Counter();
    counter.next();
    return [map.get("a")?.size, day.toISOString(), counter.next(), counter[tag], [...numbers()], even(10)];
  });
};
`,
    };
    expect(await results(files)).to.deep.equal([[2, "2025-04-01T00:00:00.000Z", 2, "tagged", [1, 2], true]]);
  });

  it("lets a literal of the enclosing function shadow a name of the module, as in the source", async () => {
    const files = {
      "machine.ts": `const limit = 5;
const outer = () => limit;
export default (flow: any) => {
  const limit = 3, names = ["a", { b: -1 }] as const;
  flow.lambda("Shadow", {}, async () => [limit, names, outer()]);
};
`,
    };
    expect(await results(files)).to.deep.equal([[3, ["a", { b: -1 }], 5]]);
  });

  it("takes names however they are declared: exported, overloaded, destructured, a type's too, or `handler`", async () => {
    const files = {
      "machine.ts": `import data from "./data.json" with { type: "json" };
import * as texts from "./texts.ts";
type Pair = [number, number];
export const Pair = { of: (a: number): Pair => [a, a] };
function twice(a: string): string;
function twice(a: number): number;
function twice(a: any): any { return a + a; }
const { one, rest: [two = 2] } = { one: 1, rest: [] as number[] };
export default function machine(flow: any): void {
  flow.lambda("Handler", {}, handler);
}
export const handler = async () => [data.n, texts.upper("x"), Pair.of(1), twice("a"), one, two];
`,
      "data.json": `{ "n": 7 }`,
      "texts.ts": `export const upper = (text: string) => text.toUpperCase();`,
    };
    expect(await results(files)).to.deep.equal([[7, "X", [1, 1], "aa", 1, 2]]);
  });

  it("is the handler's whose own names a loader has changed where they hide others", async () => {
    const source = `export default (flow: any) => {
  const order = flow.lambda("Next", {}, ({ order }: { order: number }) => order + 1);
};
`;
    const [request] = await requestsOf(project({ "machine.ts": source }));
    const renamed = ({ order: order2 }: { order: number }): number => order2 + 1;
    const [bundle] = await bundleLambdas(request ? [{ ...request, handler: renamed }] : []);
    expect(bundle && (await invoke(bundle, { order: 1 }))).to.equal(2);
  });

  it("is made once for the steps of a loop", async () => {
    const [first, second] = await bundles({
      "machine.ts": `export default (flow: any) => {
  for (const name of ["A", "B"]) flow.lambda(name, { name }, async (event: any) => event.name);
};
`,
    });
    expect(first?.code).to.be.a("string").and.equal(second?.code);
  });

  it("is wrapped by a function of the module when its name says so", async () => {
    const files = {
      "machine.ts": `const doubled = (f: (n: number) => Promise<number>) => async (n: number) => 2 * (await f(n));
const handler = doubled(async (n) => n + 1);
export default (flow: any) => flow.lambda("Wrapped", {}, handler);
`,
    };
    expect(await results(files, 4)).to.deep.equal([10]);
  });

  it("shares clients and helpers with other steps, and schemas with the machine", async () => {
    const files = {
      "machine.ts": `import { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
const s3 = new S3Client({ region: "eu-central-1" });
const Batch = z.object({ batch: z.string() });
const Batches = z.array(Batch);
const prefix = ["a", "b"].join("/");
const log = (text: string) => text.length;
log(prefix);
async function regionOf() { return [await s3.config.region(), s3.middlewareStack.identify().length > 0, log(prefix)]; }
export default (flow: any) => {
  flow.lambda("One", {}, async (event: unknown) => [...(await regionOf()), Batch.parse(event).batch]);
  flow.lambda("Two", {}, async (event: unknown) => {
    s3.destroy();
    return [await s3.config.region(), Batches.parse([event]).length];
  });
};
`,
    };
    expect(await results(files, { batch: "b-1" })).to.deep.equal([
      ["eu-central-1", true, 3, "b-1"],
      ["eu-central-1", 1],
    ]);
  });

  it("may share with the DSL what it captures, and read what else it likes when it runs", async () => {
    const files = {
      "machine.ts": `import { createHash } from "node:crypto";
import path from "node:path";
import * as dsl from ${JSON.stringify(dsl)};
import type { CallSite as Flow } from ${JSON.stringify(dsl)};
const tables = ["orders", "products"];
const options = { limit: { rows: 3 } };
const digest = createHash("sha256").update(path.join("a", "b")).digest("hex");
const stage = () => process.env["BUNDLE_TEST_STAGE"] ?? "none";
const logged = (...values: unknown[]) => values.length;
const machine = (flow: any) => {
  logged(options.limit.rows, structuredClone(tables), digest);
  flow.lambda("Tables", {}, async () => [tables.map((each) => each + stage()), options.limit.rows, digest.length]);
};
export default machine;
const typed = (flow: Flow) => flow.map("z", tables);
void (() => (dsl as any).workflow("x", { tables }, (flow: any) => flow.map("y", tables, { options })));
`,
    };
    expect(await results(files)).to.deep.equal([[["ordersnone", "productsnone"], 3, 64]]);
  });

  it("holds the AWS SDK, shaken to a few hundred kilobytes", async () => {
    const [bundle] = await bundles({
      "machine.ts": `import { read } from "./functions/read.ts";
export default (flow: any) => flow.lambda("Read", {}, read);
`,
      "functions/read.ts": `import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
export async function read({ key }: { key?: string }) {
  if (key === undefined) return typeof s3.send;
  return s3.send(new GetObjectCommand({ Bucket: "raw", Key: key }));
}
`,
    });
    expect(bundle && (await invoke(bundle, {}))).to.equal("function");
    expect(bundle?.code.length).to.be.within(200_000, 600_000);
    expect(bundle?.code).not.to.contain('require("@aws-sdk/client');
  });

  it("gives packages the URL of the bundle where they ask for their own", async () => {
    const folder = project({
      "own.ts": `import { own } from "./packages/node_modules/own/index.js";\nexport const handler = async () => own;\n`,
      "packages/node_modules/own/package.json": `{ "type": "module", "sideEffects": false }`,
      "packages/node_modules/own/index.js": `export const own = import.meta.url;\n`,
    });
    const url = await invoke(await bundleHandler(path.join(folder, "own.ts"), "handler"), {});
    expect(url).to.match(/^file:.*\/index\.js$/);
  });

  it("leaves out what is external by option", async () => {
    const folder = project({
      "functions/read.ts": `import { S3Client } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
export const read = async () => typeof s3.send;
`,
    });
    const { code } = await bundleHandler(`${folder}/functions/read.ts`, "read", { external: ["@aws-sdk/*"] });
    expect(code.length).to.be.lessThan(2_000);
    expect(code).to.contain('require("@aws-sdk/client-s3")');
  });

  it("keeps the names of its classes and functions, which errors are caught by", async () => {
    const files = {
      "machine.ts": `class Unreadable extends Error { override name = this.constructor.name; }
const reader = { read: () => 1 };
export default (flow: any) => flow.lambda("Fail", {}, async function read() {
  return [new Unreadable("x").name, reader.read.name, read.name];
});
`,
    };
    expect(await results(files)).to.deep.equal([["Unreadable", "read", "read"]]);
  });

  const failing = {
    "machine.ts": `import { fail } from "./functions/fail.ts";
export const unused = 1; export const check = (n: number): void => {
  if (n > 1) throw new Error("as told");
};
export default (flow: any) => {
  const most = 3;
  flow.lambda("Own", { n: 2 }, async ({ n }: { n: number }) => {
    // Ümläute 😀 and comments move nothing
    return most > n ? check(n) : fail();
  });
  flow.lambda("Helper", { n: 4 }, fail);
};
`,
    "functions/fail.ts": `\r\nexport async function fail(): Promise<void> {\r\n  const why = "as told"; throw new Error(why);\r\n}\r\n`,
  };

  it("fails with the stack of its TypeScript source, to the column", async () => {
    const [own, helper] = await bundles(failing);
    expect(own && (await stackOf(own, { n: 2 }))).to.deep.equal(["machine.ts:3:20", "machine.ts:9:23"]);
    expect(own && (await stackOf(own, { n: 5 }))).to.deep.equal(["functions/fail.ts:3:32", "machine.ts:9:34"]);
    expect(helper && (await stackOf(helper, {}))).to.deep.equal(["functions/fail.ts:3:32"]);
  });

  it("has the same bytes in every checkout, working folder and place of node_modules", async () => {
    const files = {
      ...failing,
      "functions/fail.ts": `import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
const s3 = new S3Client({});
export const fail = async () => { throw new Error(z.string().parse(typeof s3.send)); };
`,
    };
    const before = cwd();
    const first = await bundles(files);
    const nested = project({});
    mkdirSync(path.join(nested, "deep/er"), { recursive: true });
    const folder = path.join(nested, "deep/er/checkout");
    renameSync(project(files), folder);
    symlinkSync(folder, path.join(nested, "link"));
    chdir(nested);
    const second = await bundleLambdas(await requestsOf(folder)).finally(() => {
      chdir(before);
    });
    expect(second).to.deep.equal(first);
    expect(first[0]?.map).to.contain('"machine.ts"').and.to.contain('"node_modules/zod/').and.not.to.contain("..");
  });

  it("has the same bytes whichever other steps its machine has", async () => {
    const requests = await requestsOf(project(failing));
    const [own, helper] = await bundleLambdas(requests);
    const [onlyHelper] = await bundleLambdas(requests.slice(1));
    const reversed = await bundleLambdas(requests.toReversed());
    expect(onlyHelper).to.deep.equal(helper);
    expect(reversed).to.deep.equal([helper, own]);
  });

  it("is none for no steps", async () => {
    expect(await bundleLambdas([])).to.deep.equal([]);
  });
});
