import { expect } from "chai";
import { bundleHandler, bundleLambdas } from "../../../../workflow/dsl/bundle/index.ts";
import { invoke, project, removeProjects, requestsOf } from "./sandbox.ts";

describe("A bundled Lambda", () => {
  after(removeProjects);

  it("runs a handler written in place with the module's declarations that it reaches", async () => {
    const folder = project({
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
    const [bundle] = await bundleLambdas(await requestsOf(folder));
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
      "functions/index.ts": `export { archiveAndMark } from "./archive.ts";\n`,
      "functions/archive.ts": `\nexport const archiveAndMark = async (event: { n: number }) => event.n * 3;\n`,
    });
    const [own, archive] = await bundleLambdas(await requestsOf(folder));
    const exported = await bundleHandler(`${folder}/functions/index.ts`, "archiveAndMark");
    expect(own && (await invoke(own, { n: 7 }))).to.equal(14);
    expect(archive && (await invoke(archive, { n: 7 }))).to.equal(21);
    expect(own?.source).to.deep.equal({ file: "machine.ts", line: 2 });
    expect(archive?.source).to.deep.equal({ file: "functions/archive.ts", line: 2 });
    expect(exported.source).to.deep.equal(archive?.source);
    expect(await invoke(exported, { n: 7 })).to.equal(21);
  });
});
