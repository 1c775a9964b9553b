import { expect } from "chai";
import { bundleLambdas, type LambdaBundle } from "../../../../workflow/dsl/bundle/index.ts";
import { failureOf, invoke, project, removeProjects, requestsOf } from "./sandbox.ts";

const bundles = async (files: Record<string, string>): Promise<LambdaBundle[]> =>
  bundleLambdas(await requestsOf(project(files)));

async function only(files: Record<string, string>): Promise<LambdaBundle> {
  const [bundle] = await bundles(files);
  if (bundle === undefined) throw new Error("the machine has no Lambda");
  return bundle;
}

describe("A Lambda whose step has schemas", () => {
  after(removeProjects);

  const order = `import * as z from "zod";
const Item = z.object({ sku: z.string(), count: z.number().int() });
`;

  it("hands the handler what the input's schema makes of the event, and on what the output's makes of the result", async () => {
    const bundle = await only({
      "machine.ts": `${order}export default (flow: any) => {
  const Suffix = "!";
  flow.lambda("Pack", {}, async ({ day, item }: any) => ({ year: day.getUTCFullYear(), item, suffix: Suffix, rest: 1 }), {
    memory: 1024,
    input: z.object({ day: z.coerce.date(), item: Item }),
    output: z.object({ year: z.number(), item: Item, suffix: z.literal(Suffix) }),
  });
};
`,
    });
    expect(await invoke(bundle, { day: "2025-04-01", item: { sku: "a", count: 1, more: 2 } })).to.deep.equal({
      year: 2025,
      item: { sku: "a", count: 1 },
      suffix: "!",
    });
  });

  it("fails with InvalidEvent, which names each path, where the event does not fit", async () => {
    const bundle = await only({
      "machine.ts": `${order}export default (flow: any) =>
  flow.lambda("Pack", {}, () => "packed", { input: Order });
const Order = z.object({ items: z.array(Item), to: z.strictObject({ city: z.string() }) });
`,
    });
    expect(
      await failureOf(bundle, {
        items: [
          { sku: "a", count: 1 },
          { sku: 2, count: 1.5 },
        ],
        to: { town: "Bonn" },
      }),
    ).to.deep.equal({
      errorType: "InvalidEvent",
      errorMessage: [
        "items[1].sku: Invalid input: expected string, received number",
        "items[1].count: Invalid input: expected int, received number",
        "to.city: Invalid input: expected string, received undefined",
        'to: Unrecognized key: "town"',
      ].join("\n"),
    });
    expect(await failureOf(bundle, 7)).to.deep.equal({
      errorType: "InvalidEvent",
      errorMessage: "$: Invalid input: expected object, received number",
    });
  });

  it("fails with InvalidResult where the result does not fit, and with at most 20 paths", async () => {
    const bundle = await only({
      "machine.ts": `${order}import { pack } from "./functions/pack.ts";
export default (flow: any) => flow.lambda("Pack", {}, pack, { output: z.array(Item.shape.sku) });
`,
      "functions/pack.ts":
        "export const pack = async ({ count }: { count: number }) => Array.from({ length: count }, () => 0);\n",
    });
    const { errorType, errorMessage } = await failureOf(bundle, { count: 23 });
    const paths = errorMessage.split("\n");
    expect(errorType).to.equal("InvalidResult");
    expect(paths.slice(19)).to.deep.equal(["[19]: Invalid input: expected string, received number", "and 3 more"]);
  });

  it("takes a schema by its name, imported, and by an option's shorthand, and an option without one as none", async () => {
    const [named, none] = await bundles({
      "machine.ts": `import { input } from "./functions/schemas.ts";
export default (flow: any) => {
  flow.lambda("Named", {}, async (event: any) => event.n, { input, output: undefined });
  const options = { memory: 128 };
  flow.lambda("None", {}, async (event: any) => event.n, options);
};
`,
      "functions/schemas.ts": `import * as z from "zod";\nexport const input = z.object({ n: z.number().default(3) });\n`,
    });
    expect(named && (await invoke(named, {}))).to.equal(3);
    expect(none && (await invoke(none, {}))).to.equal(undefined);
  });

  it("holds zod where it has a schema, and only there", async () => {
    const [without, with_] = await bundles({
      "machine.ts": `import * as z from "zod";
const Event = z.object({ n: z.number() });
export default (flow: any) => {
  flow.lambda("Without", {}, async (event: any) => event.n);
  flow.lambda("With", {}, async (event: any) => event.n, { input: Event });
};
`,
    });
    expect(without?.code.length).to.be.lessThan(2_500);
    expect(without?.map).not.to.contain("zod");
    expect(with_?.code.length).to.be.within(10_000, 120_000);
  });
});

describe("An error of a Lambda", () => {
  after(removeProjects);

  const errors: readonly [how: string, top: string, thrown: string, name: string][] = [
    [
      "sets this.name",
      'class CardDeclined extends Error { override name = "CardDeclined"; }',
      "new CardDeclined('no')",
      "CardDeclined",
    ],
    ["sets no name", "class CardDeclined extends Error {}", "new CardDeclined('no')", "CardDeclined"],
    [
      "sets another name",
      'class CardDeclined extends Error { override name = "Declined"; }',
      "new CardDeclined('no')",
      "Declined",
    ],
    [
      "inherits the name that its class sets",
      'class Declined extends Error { override name = "Declined"; } class CardDeclined extends Declined {}',
      "new CardDeclined('no')",
      "Declined",
    ],
    [
      "extends one that sets no name",
      "class Declined extends TypeError {} class CardDeclined extends Declined {}",
      "new CardDeclined('no')",
      "CardDeclined",
    ],
    [
      "is of an expression's class",
      "const CardDeclined = class extends Error {};",
      "new CardDeclined('no')",
      "CardDeclined",
    ],
    ["is the language's own", "", "new RangeError('no')", "RangeError"],
    ["is named where it is made", "", "Object.assign(new Error('no'), { name: 'CardDeclined' })", "CardDeclined"],
    ["is an abort", "", "new DOMException('no', 'AbortError')", "AbortError"],
  ];
  for (const [how, top, thrown, name] of errors) {
    it(`that ${how} is reported as ${name}`, async () => {
      const bundle = await only({
        "machine.ts": `${top}
export default (flow: any) => flow.lambda("Pay", {}, async () => { throw ${thrown}; });
`,
      });
      expect(await failureOf(bundle, {})).to.deep.equal({ errorType: name, errorMessage: "no" });
    });
  }

  it("is the same from an imported handler, and from one that is not async", async () => {
    const bundle = await only({
      "machine.ts": `import { pay } from "./functions/pay.ts";\nexport default (flow: any) => flow.lambda("Pay", {}, pay);\n`,
      "functions/pay.ts":
        "class CardDeclined extends Error {}\nexport function pay() {\n  throw new CardDeclined('no');\n}\n",
    });
    expect(await failureOf(bundle, {})).to.deep.equal({ errorType: "CardDeclined", errorMessage: "no" });
  });

  it("that is no error is thrown as it is", async () => {
    const bundle = await only({
      "machine.ts": `export default (flow: any) => flow.lambda("Pay", {}, async () => { throw "no"; });\n`,
    });
    expect(await invoke(bundle, {}).catch((thrown: unknown) => thrown)).to.equal("no");
  });
});
