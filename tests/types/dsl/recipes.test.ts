import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import * as dsl from "../../../workflow/dsl/index.ts";
import { checkTypes } from "./check_types.ts";
import { complaints, withArns } from "../../unit/dsl/validators.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "workflow/dsl/RECIPES.md"), "utf8");

interface Recipe {
  readonly title: string;
  readonly kind: string;
  readonly code: string;
}
const [shared, ...recipes] = [
  ...page.matchAll(/^(?:#+ ([^\n]*)\n(?:(?!^#|```)[\s\S])*?)?```ts ?(\w*)\n([\s\S]*?)```/gm),
].map(([, title = "", kind = "", code = ""]): Recipe => ({ title, kind, code }));
const bodies = recipes.filter(({ kind }) => kind === "");

/** The module that the page's workflows are, with the surface under the path that it has from `folder`. */
function moduleIn(folder: string): string[] {
  const surface = relative(folder, join(root, "workflow/dsl/index.ts"));
  const simulator = relative(folder, join(root, "workflow/simulator/index.ts"));
  const used = Object.keys(dsl).filter((name) => name !== "default" && new RegExp(`\\b${name}\\b`).test(page));
  const others = recipes.filter(({ kind }) => kind !== "");
  return [
    'import { GetCrawlerCommand } from "@aws-sdk/client-glue";',
    'import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";',
    'import * as pulumi from "@pulumi/pulumi";',
    'import type * as aws from "@pulumi/aws";',
    'import * as z from "zod";',
    `import { ${[...new Set([...used, "workflow", "compile"])].join(", ")}, type Flow } from "${surface}";`,
    `import { simulate } from "${simulator}";`,
    ...(shared?.code ?? "").split("\n"),
    ...bodies.flatMap(({ title, code }) => [
      `export const ${nameOf(title)} = workflow(${JSON.stringify(title)}, { input, resources }, (flow, run, aws) => {`,
      ...code.split("\n"),
      "});",
    ]),
    "const program = RetryABlock;",
    "declare const reserve: aws.lambda.Function;",
    "declare const role: aws.iam.Role;",
    ...others.flatMap(({ title, code, kind }) => [
      `export const ${nameOf(title)} = async (${kind === "deploy" ? "aws: typeof import('@pulumi/aws')" : ""}) => {`,
      ...code.split("\n"),
      kind === "deploy" ? "return machine;" : "return { status, output };",
      "};",
    ]),
  ];
}
const nameOf = (title: string): string =>
  title
    .split(/\W+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

describe("the recipes", () => {
  it("are type-checked", function () {
    this.timeout(120_000);
    expect(recipes).to.have.lengthOf.within(15, 20);
    const lines = moduleIn(import.meta.dirname);
    const told = checkTypes(lines).complaints.map(({ line, message }) => `${lines[line - 1] ?? ""}: ${message}`);
    expect(told).to.deep.equal([]);
  });

  it("have at most 15 lines each", () => {
    const long = recipes.filter(({ code }) => code.trimEnd().split("\n").length > 15);
    expect(long.map(({ title }) => title)).to.deep.equal([]);
  });

  describe("once they are written to a file", () => {
    mkdirSync(join(root, ".cache"), { recursive: true });
    const folder = mkdtempSync(join(root, ".cache/recipes-"));
    after(() => {
      rmSync(folder, { recursive: true });
    });
    let made: Readonly<Record<string, dsl.Workflow>>;
    before(async function () {
      this.timeout(60_000);
      const file = join(folder, "recipes.ts");
      writeFileSync(file, moduleIn(folder).join("\n"));
      made = (await import(pathToFileURL(file).href)) as typeof made;
    });

    for (const { title } of bodies) {
      it(`compile to machines that both validators accept: ${title}`, async function () {
        this.timeout(60_000);
        const program = made[nameOf(title)];
        if (program === undefined) throw new Error(`${title} is not there`);
        const { definition } = await dsl.define(program);
        expect(await complaints(withArns(definition))).to.deep.equal([]);
      });
    }
  });
});
