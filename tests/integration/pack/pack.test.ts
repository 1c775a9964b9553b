/** The pack as others get it: installed in a folder of its own, where nothing of this repository can be reached. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join, posix, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../../..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const versions = z.record(z.string(), z.string());
const manifestSchema = z.object({
  name: z.string(),
  dependencies: versions,
  peerDependencies: versions,
  devDependencies: versions,
});
const packedSchema = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

/** Runs a program to its end, without what npm and Node of this repository leave in the environment. */
async function ran(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_package_|npm_lifecycle_|NODE_PATH$|NODE_OPTIONS$)/.test(name),
    ),
  );
  const { stdout } = await promisify(execFile)(program, args, { cwd, env, maxBuffer: 2 ** 26 }).catch(
    (error: unknown) => {
      const { stdout: out, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
      throw new Error(`${program} ${args.join(" ")} failed:\n${out}\n${stderr}`);
    },
  );
  return stdout;
}

/** The packages that a module's text imports, by their names. */
const packagesIn = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export)\b[^;]*?from "([^".][^"]*)";|^import "([^".][^"]*)";/gm)]
    .flatMap(([, from, bare]) => from ?? bare ?? [])
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
    .filter((name) => !name.startsWith("node:") && !builtinModules.includes(name));

const outcome = z.object({
  results: z.array(z.object({ status: z.string(), states: z.array(z.string()), output: z.unknown() })),
  wanted: z.unknown(),
  stateMachineArn: z.string(),
  refusal: z.string(),
  permissions: z.array(z.unknown()),
  problems: z.array(z.string()),
  mocked: z.unknown(),
  changes: z.number(),
  picture: z.string(),
  types: z.string(),
  approveAt: z.object({ file: z.string(), line: z.number(), column: z.number() }),
  source: z.object({ file: z.string(), line: z.number() }),
  modules: z.array(z.string()),
  entry: z.string(),
});

describe("the pack", function () {
  this.timeout(300_000);
  let folder: string;
  let project: string;
  let installed: string;
  let files: string[];
  let manifest: z.infer<typeof manifestSchema>;

  before(async () => {
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
    folder = await realpath(await mkdtemp(join(tmpdir(), "pack-")));
    const packed = await ran(npm, ["pack", "--silent", "--json", "--pack-destination", folder], root);
    const [{ filename, files: list }] = packedSchema.parse(JSON.parse(packed));
    files = list.map(({ path }) => path);
    project = join(folder, "project");
    await cp(join(import.meta.dirname, "project"), project, { recursive: true });
    const beside = ["typescript", "@types/node", "zod"].map((name) => {
      const version = manifest.devDependencies[name] ?? manifest.dependencies[name];
      return version === undefined ? name : `${name}@${version}`;
    });
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--silent"];
    await ran(npm, ["install", ...quiet, join(folder, filename), ...beside], project);
    installed = join(project, "node_modules", manifest.name);
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it("holds the DSL and the simulator with their declarations, their texts, and no more than the command's door", () => {
    const texts = ["CHANGELOG.md", "LICENSE", "README.md", "cli/lakehouse.mjs", "package.json"];
    const guides = ["dsl/FEATURES.md", "dsl/README.md", "dsl/RECIPES.md", "simulator/README.md"];
    const others = [...texts, ...guides.map((guide) => `workflow/${guide}`)];
    const built = files.filter((file) => /^dist\/(dsl|simulator)\//.test(file));
    const isDocumentation = (file: string): boolean => file.startsWith("docs/") && file.endsWith(".md");
    expect(files.filter((file) => !built.includes(file) && !isDocumentation(file)).sort()).to.deep.equal(others.sort());
    const stems = new Set(built.map((file) => file.replace(/\.(js|d\.ts)$/, "")));
    const whole = [...stems].flatMap((stem) => [`${stem}.js`, `${stem}.d.ts`]);
    expect(built.sort()).to.deep.equal(whole.sort());
    expect(stems).to.include.all.keys(
      "dist/dsl/index",
      "dist/dsl/definition/index",
      "dist/simulator/index",
      "dist/simulator/mocks/index",
      "dist/simulator/server",
    );
  });

  it("has whatever its texts link to", async () => {
    const texts = files.filter((file) => file.endsWith(".md"));
    const links = await Promise.all(
      texts.map(async (file) =>
        [...(await readFile(join(installed, file), "utf8")).matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)].map(
          ([, to = ""]) => ({
            file,
            to,
            target: posix.join(posix.dirname(file), to),
          }),
        ),
      ),
    );
    expect(links.flat().map(({ target }) => target)).to.include.members(["workflow/dsl/RECIPES.md", "LICENSE"]);
    expect(links.flat().filter(({ target }) => !files.includes(target))).to.deep.equal([]);
  });

  it("leaves nothing behind where it was packed", async () => {
    expect(await readdir(root)).to.not.include("dist");
  });

  it("is installed as a copy, with all that it imports and nothing more", async () => {
    expect(await realpath(installed)).to.equal(installed);
    const texts = await Promise.all(
      files.filter((file) => /\.(js|d\.ts)$/.test(file)).map((file) => readFile(join(installed, file), "utf8")),
    );
    const imported = [...new Set(texts.flatMap(packagesIn))].sort();
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].sort();
    expect(imported).to.deep.equal(declared);
    expect(texts.filter((text) => text.includes(root))).to.deep.equal([]);
  });

  it("says of the command that it belongs to the project", async () => {
    const command = join(project, "node_modules/.bin/lakehouse");
    expect(await ran(command, [], project).catch(String)).to.equal(
      `Error: ${command}  failed:

The lakehouse command works on the project and runs in a clone of it: npm run --silent lakehouse -- --help
This package has its libraries: ecommerce-lakehouse/workflow and ecommerce-lakehouse/simulator.
`,
    );
  });

  it("type-checks in strict mode, its declarations included", async () => {
    await ran(process.execPath, ["node_modules/typescript/bin/tsc"], project);
  });

  it("compiles a workflow and simulates it with its Lambda's own bundle, source maps or not", async () => {
    const [text = "", mapped] = await Promise.all(
      [["main.ts"], ["--enable-source-maps", "main.ts"]].map((args) => ran(process.execPath, args, project)),
    );
    expect(mapped).to.equal(text);
    const printed = outcome.parse(JSON.parse(text));
    expect(printed.results).to.deep.equal([
      { status: "SUCCEEDED", states: ["Sum", "Terms", "Large", "Large: no", "orders: done"], output: printed.wanted },
      {
        status: "SUCCEEDED",
        states: ["Sum", "Terms", "Large", "Approve", "Large: yes", "orders: done"],
        output: { message: "Ada: approved by Grace", cents: 29985 },
      },
    ]);
    expect(printed.modules).to.include.members(["orders.ts", "prices.ts"]);
    expect(printed.source).to.deep.equal({ file: "orders.ts", line: 14 });
    expect(printed.approveAt).to.deep.equal({ file: join(project, "orders.ts"), line: 25, column: 31 });
    expect(printed.permissions).to.have.lengthOf(2);
    expect(printed.problems).to.deep.equal(["missing-target"]);
    expect(printed.changes).to.equal(1);
    expect(printed.picture).to.match(/^flowchart TD\n/);
    expect(printed.types).to.contain("export interface OrdersTasks {");
    expect(printed.stateMachineArn).to.equal("arn:aws:states:us-east-1:000000000000:stateMachine:orders");
    expect(printed.refusal).to.contain(
      'captures_dsl.ts:6:44 Lambda "Pause": `seconds` comes from "ecommerce-lakehouse/workflow", which exists only where the program is deployed from.',
    );
    expect(printed.entry).to.equal(new URL(`file://${installed}/dist/dsl/index.js`).href);
    expect(printed.mocked).to.deep.equal({ message: "Ada: EUR", cents: 500 });
  });
});
