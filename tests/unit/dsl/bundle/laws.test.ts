/** Machines made up at random: whatever is captured, a bundle does what the function does that the program passed. */
import { expect } from "chai";
import fc from "fast-check";
import { bundleLambdas } from "../../../../workflow/dsl/bundle/index.ts";
import { invoke, project, removeProjects, requestsOf } from "./sandbox.ts";

/** A declaration by its index: how it is written with the uses of earlier ones, and how it is used itself. */
interface Shape {
  readonly write: (name: string, uses: readonly string[]) => string;
  readonly use: (name: string) => string;
}

const shapes: readonly Shape[] = [
  { write: (name, uses) => `const ${name} = [${uses.join(", ")}];`, use: (name) => name },
  { write: (name, uses) => `function ${name}(): unknown { return [${uses.join(", ")}]; }`, use: (name) => `${name}()` },
  { write: (name, uses) => `const ${name} = (n = 1): any =>\n  [n, ${uses.join(", ")}]`, use: (name) => `${name}(2)` },
  { write: (name, uses) => `class ${name} { static s: any[] = [${uses.join(", ")}] }`, use: (name) => `${name}.s` },
  {
    write: (name, uses) =>
      `const { deep: [${name}], other = 1 as number }: any = { deep: [{ a: [${uses.join(", ")}] }] };`.replace(
        "other",
        `o${name}`,
      ),
    use: (name) => `${name}.a`,
  },
  {
    write: (name, uses) => `const ${name} = { get() { return [${uses.join(", ")}]; } } as const`,
    use: (name) => `${name}.get()`,
  },
];

const declaration = fc.record({
  shape: fc.constantFrom(...shapes),
  uses: fc.array(fc.nat(7), { maxLength: 3 }),
  exported: fc.boolean(),
  before: fc.constantFrom("", "// ü 😀\n", "/* a\n b */ ", "\n\n", "console.assert(true); "),
});

const step = fc.record({
  uses: fc.array(fc.nat(7), { maxLength: 4 }),
  shadows: fc.uniqueArray(fc.nat(7), { maxLength: 2 }),
  kind: fc.constantFrom("arrow", "function", "named"),
});

const machine = fc
  .record({
    declarations: fc.array(declaration, { minLength: 1, maxLength: 8 }),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
    newline: fc.constantFrom("\n", "\r\n"),
  })
  .map(({ declarations, steps, newline }) => {
    const use = (index: number): string => {
      const at = index % declarations.length;
      return declarations[at]?.shape.use(`v${at}`) ?? "0";
    };
    const lines = declarations.map(({ shape, uses, exported, before }, at) => {
      const earlier = at === 0 ? [] : uses.map((each) => use(each % at));
      return `${before}${exported ? "export " : ""}${shape.write(`v${at}`, earlier)}`;
    });
    const calls = steps.map(({ uses, shadows, kind }, at) => {
      const hidden = kind === "named" ? [] : [...new Set(shadows.map((each) => each % declarations.length))];
      const used = uses.map((each) => each % declarations.length);
      const body = used.map((each) => (hidden.includes(each) ? `v${each}` : use(each))).join(", ");
      const literals = hidden.map((each) => `const v${each} = ["literal", ${each}, { no: -1 }];`).join(" ");
      if (kind === "named") lines.push(`async function h${at}(event: any) { return [event, ${body}]; }`);
      const handler = {
        arrow: `async (event: any) => [event, ${body}]`,
        function: `(async function (event: any) {\n    return [event, ${body}] as unknown[];\n  })`,
        named: `h${at}`,
      }[kind];
      return `  { ${literals} flow.lambda("S${at}", {}, ${handler}); }`;
    });
    return [...lines, "export default (flow: any) => {", ...calls, "};", ""].join("\n").replaceAll("\n", newline);
  });

const called = (handler: (...args: never) => unknown, event: unknown): unknown =>
  Reflect.apply(handler, undefined, [event]);

describe("Any bundled Lambda", () => {
  after(removeProjects);

  it("does what the function does that the running program passed", async () => {
    await fc.assert(
      fc.asyncProperty(machine, async (text) => {
        const requests = await requestsOf(project({ "machine.ts": text }));
        const bundles = await bundleLambdas(requests);
        const event = { n: 1 };
        const expected = await Promise.all(requests.map((each) => called(each.handler, event)));
        const actual = await Promise.all(bundles.map((bundle) => invoke(bundle, event)));
        expect(JSON.stringify(actual)).to.equal(JSON.stringify(expected));
      }),
      { numRuns: 40 },
    );
  });
});
