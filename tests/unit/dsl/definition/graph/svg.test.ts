import { expect } from "chai";
import fc from "fast-check";
import { svg } from "../../../../../workflow/dsl/definition/graph/index.ts";
import { placed, type PlacedMachine } from "../../../../../workflow/dsl/definition/graph/layout.ts";
import { pictureOf } from "../../../../../workflow/dsl/definition/graph/picture.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { definitions, within } from "../machines.ts";

const attribute = String.raw`[\w:-]+="(?:[^<&"]|&(?:amp|lt|gt|quot);)*"`;
const token = new RegExp(
  String.raw`<(?<open>\w+)(?: ${attribute})*(?<empty>/?)>|</(?<close>\w+)>|(?<text>(?:[^<&]|&(?:amp|lt|gt|quot);)+)`,
  "uy",
);

/** Reads XML as far as the picture uses it, strictly; gives the texts of the elements of this name. */
function textsIn(source: string, name: string): string[] {
  // eslint-disable-next-line no-control-regex -- what XML may not have
  expect(source).not.to.match(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
  expect(source.isWellFormed()).to.be.true;
  const open: string[] = [];
  const texts: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const { groups } = token.exec(source) ?? {};
    if (groups === undefined) throw new Error(`no XML: ${source.slice(at, at + 80)}`);
    if (groups.open !== undefined && groups.empty !== "/") {
      open.push(groups.open);
      if (groups.open === name) texts.push("");
    }
    if (groups.close !== undefined) expect(open.pop()).to.equal(groups.close);
    if (groups.text !== undefined && open.at(-1) === name) texts.push((texts.pop() ?? "") + groups.text);
  }
  expect(open).to.deep.equal([]);
  return texts.map((text) =>
    text.replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&"),
  );
}

const drawn = (definition: unknown): string => svg(machineOf(definition), "A machine");
const shown = (name: string): string => name.toWellFormed().replaceAll(/[\p{Cc}\ufffe\uffff]/gu, "\ufffd");

describe("a machine in SVG", () => {
  const definition = {
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Broken" }],
        End: true,
      },
      Broken: { Type: "Fail", Error: "Broken" },
    },
  };

  it("says in words what each part is", () => {
    expect(textsIn(drawn(definition), "title")).to.deep.equal([
      "A machine",
      "States.ALL",
      "Start",
      "Work\nlambda:invoke",
      "Broken\nBroken",
      "End",
    ]);
    expect(textsIn(drawn(definition), "text")).to.deep.equal([
      "Start",
      "Work",
      "lambda:invoke",
      "Broken",
      "Broken",
      "End",
      "States.ALL",
    ]);
  });

  it("needs nothing from elsewhere, runs nothing, and has looks for dark pages", () => {
    const source = drawn(definition);
    expect(source).not.to.match(/<script|<image|<a |href|url\(|@import| on\w+=/);
    expect(source.match(/https?:[^"]*/g)).to.deep.equal(["http://www.w3.org/2000/svg"]);
    expect(source).to.include("@media (prefers-color-scheme:dark)");
  });

  it("is the same text for the same machine", () => {
    expect(drawn(definition)).to.equal(drawn(structuredClone(definition)));
  });

  it("draws what is broken", () => {
    expect(textsIn(drawn({ StartAt: "Gone", States: { A: 1 } }), "title")).to.deep.equal([
      "A machine",
      "Start",
      "A",
      "Gone",
    ]);
    textsIn(drawn(undefined), "title");
  });

  it("is XML and names every state, whatever the names", () => {
    fc.assert(
      fc.property(definitions, (made) => {
        const titles = textsIn(drawn(made), "title");
        for (const name of within(made).flatMap(({ States }) => Object.keys(States)))
          expect(titles.some((title) => title.startsWith(shown(name)))).to.be.true;
      }),
      { numRuns: 50 },
    );
  });

  it("puts no node over another, and all of them inside", () => {
    const check = ({ nodes, width, height }: PlacedMachine): void => {
      for (const one of nodes) {
        expect(one.x - one.width / 2).to.be.at.least(0);
        expect(one.y - one.height / 2).to.be.at.least(0);
        expect(one.x + one.width / 2).to.be.at.most(width);
        expect(one.y + one.height / 2).to.be.at.most(height);
        for (const other of nodes) {
          const apart =
            one === other ||
            Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
          expect(apart, `${one.node.name} and ${other.node.name}`).to.be.true;
        }
        one.machines.forEach(({ content, left, top }) => {
          expect(left + content.width).to.be.at.most(one.width);
          expect(top + content.height).to.be.at.most(one.height);
          check(content);
        });
      }
    };
    fc.assert(
      fc.property(definitions, (made) => {
        check(placed(pictureOf(machineOf(made))));
      }),
      { numRuns: 50 },
    );
  });
});
