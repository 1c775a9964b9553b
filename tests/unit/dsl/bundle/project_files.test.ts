import { registerHooks } from "node:module";
import path from "node:path";
import { expect } from "chai";
import { bundleHandler, bundleLambdas, type LambdaBundle } from "../../../../workflow/dsl/bundle/index.ts";
import { invoke, project, removeProjects, requestsOf, refusal } from "./sandbox.ts";

const tsconfig = (paths: Record<string, string[]>, rest: object = {}): string =>
  JSON.stringify({ compilerOptions: { paths }, ...rest });

/** The bundle of a module's export `handler`. */
const handlerOf = async (files: Record<string, string>, file = "src/one.ts"): Promise<LambdaBundle> =>
  bundleHandler(path.join(project(files), file), "handler");

const answer = async (files: Record<string, string>, file?: string): Promise<unknown> =>
  invoke(await handlerOf(files, file), 8);

describe("A name in an import", () => {
  after(removeProjects);

  const importing = (name: string): string =>
    `import { half } from "${name}";\nexport const handler = async (n: number) => half(n);\n`;
  const half = "export const half = (n: number) => n / 2;\n";
  const third = "export const half = (n: number) => n / 3;\n";

  describe("that Node or a loader such as tsx follows", () => {
    let hooks: ReturnType<typeof registerHooks> | undefined;

    before(() => {
      hooks = registerHooks({
        resolve: (name, context, next) =>
          next(/^(?:@|\.\/)lib\/half(?:\.js)?$/.test(name) ? "./lib/half.ts" : name, context),
      });
    });

    after(() => hooks?.deregister());

    const machine = (name: string, ...lines: string[]): Record<string, string> => ({
      "package.json": `{ "type": "module", "imports": { "#half": "./lib/half.ts" } }`,
      "tsconfig.json": tsconfig({ "@lib/*": ["./lib/*"] }),
      "lib/half.ts": `${half}export const limits = new Set([1]);\nexport const grow = () => limits.add(2);\n`,
      "machine.ts": [
        `import { grow, half, limits } from "${name}";`,
        ...lines,
        "export default (flow: any) => flow.lambda('Half', {}, async (n: number) => half(n) + limits.size);",
      ].join("\n"),
    });

    const bundled = async (files: Record<string, string>): Promise<LambdaBundle[]> =>
      bundleLambdas(await requestsOf(project(files)));

    for (const name of ["@lib/half", "#half", "./lib/half", "./lib/half.js"]) {
      it(`gives the bundle of the file that "${name}" stands for`, async () => {
        const [other] = await bundled(machine(name));
        const [named] = await bundled(machine("./lib/half.ts"));
        expect(other && (await invoke(other, 8))).to.equal(5);
        expect(other?.code).to.equal(named?.code);
        expect(other?.map).to.contain('"lib/half.ts"');
      });

      it(`leads to the changes that would be lost from "${name}", too`, async () => {
        expect(await refusal(bundled(machine(name, "grow();")))).to.equal(
          'lib/half.ts:3:27 Lambda "Half": the captured `limits` may be changed here, by code that is called outside the bundle too (machine.ts:2), so the Lambda would not see the change. Build `limits` in one expression, or give this code a copy (structuredClone).',
        );
      });
    }
  });

  const cases: readonly [what: string, files: Record<string, string>][] = [
    [
      "is the first file there is of its `paths`",
      {
        "tsconfig.json": tsconfig({ "@lib/*": ["./gone/*", "./lib/*", "./later/*"] }),
        "lib/half.ts": half,
        "later/half.ts": third,
        "src/one.ts": importing("@lib/half.ts"),
      },
    ],
    [
      "goes by the pattern with the longest beginning, or by its own",
      {
        "tsconfig.json": tsconfig({
          "*": ["./any/*"],
          "@lib/*": ["./third.ts"],
          "@lib/h*": ["./quarter.ts"],
          "@lib/half": ["./lib/half.ts"],
        }),
        "third.ts": third,
        "quarter.ts": third,
        "lib/half.ts": half,
        "src/one.ts": importing("@lib/half"),
      },
    ],
    [
      "goes by the configuration that the nearest one extends, from its folder",
      {
        "base/tsconfig.json": tsconfig({ "@lib/*/all": ["./lib/*.ts"] }),
        "base/lib/half.ts": half,
        "tsconfig.json": `{
          // As tsc has it, with comments.
          "extends": "./base/tsconfig.json",
        }`,
        "src/one.ts": importing("@lib/half/all"),
      },
    ],
    [
      "goes by the tsconfig.json nearest to its own module",
      {
        "tsconfig.json": tsconfig({ "@lib/*": ["./lib/*"], "@third": ["./third.ts"] }),
        "third.ts": third,
        "lib/tsconfig.json": tsconfig({ "@third": ["./half.ts"] }),
        "lib/half.ts": half,
        "lib/again.ts": 'export * from "@third";\n',
        "src/one.ts": importing("@lib/again"),
      },
    ],
    [
      "is that of a folder's index, and of TypeScript by its JavaScript's name",
      {
        "tsconfig.json": tsconfig({ "@lib": ["./lib"] }),
        "lib/index.ts": 'export * from "./half.js";\n',
        "lib/half.ts": half,
        "src/one.ts": importing("@lib"),
      },
    ],
    [
      "is the package's where `paths` only have its declarations, and within packages",
      {
        "tsconfig.json": tsconfig({ halves: ["./types/halves.d.ts"], inner: ["./third.ts"] }),
        "third.ts": third,
        "types/halves.d.ts": "export declare const half: (n: number) => number;\n",
        "src/node_modules/halves/package.json": `{ "type": "module", "exports": "./index.js" }`,
        "src/node_modules/halves/index.js": 'export * from "inner";\n',
        "src/node_modules/inner/package.json": `{ "type": "module", "exports": "./index.js" }`,
        "src/node_modules/inner/index.js": "export const half = (n) => n / 2;\n",
        "src/one.ts": importing("halves"),
      },
    ],
    [
      "may be that of a CommonJS module",
      {
        "lib/half.cjs": 'const { two } = require("./two.cjs");\nmodule.exports = { half: (n) => n / two };\n',
        "lib/two.cjs": "exports.two = 2;\n",
        "src/one.ts": 'import all from "../lib/half.cjs";\nexport const handler = async (n: number) => all.half(n);\n',
      },
    ],
  ];
  for (const [what, files] of cases) {
    it(what, async () => {
      expect(await answer(files)).to.equal(4);
    });
  }

  it("that nothing is known of is refused, with what to do", async () => {
    expect(await refusal(handlerOf({ "src/one.ts": importing("@lib/half") }))).to.equal(
      'src/one.ts:1:22 Lambda "handler": esbuild can\'t bundle this: Could not resolve "@lib/half". A package has to be installed; any other name needs `paths` in the nearest tsconfig.json, or `imports` in package.json.',
    );
  });
});
