import { expect } from "chai";
import fc from "fast-check";
import { mermaid } from "../../../../../workflow/dsl/definition/graph/index.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";
import { definitions, within, type Definition } from "../machines.ts";

/** The part of Mermaid's grammar that we use, more strictly than Mermaid reads it: no character that could mean anything. */
const id = "[A-Za-z][A-Za-z0-9_]*";
const text = String.raw`(?:[\p{L}\p{N} ,.()?_\ufffd·-]|: |#\d+;|<br/>|</?small>)*`;
const css = String.raw`[a-z-]+:[#\w.]+(?:,[a-z-]+:[#\w.]+)*`;
const brackets = [
  ["([", "])"],
  ["[[", "]]"],
  ["[/", "\\]"],
  ["((", "))"],
  ["{{", "}}"],
  ["[", "]"],
  ["(", ")"],
  [">", "]"],
];
const quoted = (each: string): string => each.replaceAll(/[[\](){}\\/]/g, (character) => `\\${character}`);
const node = brackets.map(([open = "", close = ""]) => `${quoted(open)}"${text}"${quoted(close)}`).join("|");
const line = {
  node: new RegExp(`^(${id})(?:${node})$`, "u"),
  group: new RegExp(`^subgraph (${id})\\["(?:${text})"\\]$`, "u"),
  way: new RegExp(`^(${id}) (?:-->|-\\.->)(?:\\|"${text}"\\|)? (${id})$`, "u"),
  definition: new RegExp(`^classDef (${id}) ${css}$`),
  use: new RegExp(`^class (${id}(?:,${id})*) (${id})$`),
  style: new RegExp(`^style (${id}) ${css}$`),
  link: new RegExp(`^linkStyle (\\d+(?:,\\d+)*) ${css}$`),
};
const keywords = [
  "graph",
  "flowchart",
  "subgraph",
  "end",
  "class",
  "classDef",
  "style",
  "linkStyle",
  "click",
  "default",
];

interface Parsed {
  /** Id → the first line of its label. */
  readonly labels: ReadonlyMap<string, string>;
  readonly ways: readonly string[];
}

/** Reads a flowchart; throws at the first line that is not in the grammar. */
function parse(source: string): Parsed {
  const [head, ...lines] = source.split("\n");
  expect(head).to.equal("flowchart TD");
  expect(lines.pop()).to.equal("");
  const labels = new Map<string, string>();
  const ways: string[] = [];
  const used: string[] = [];
  let depth = 0;
  for (const raw of lines) {
    const each = raw.trimStart();
    const declared = (line.node.exec(each) ?? line.group.exec(each))?.[1];
    if (declared !== undefined) {
      expect(labels.has(declared), `${declared} twice`).to.be.false;
      labels.set(declared, decoded(/"(.*)"/su.exec(each)?.[1]?.split(/<br\/>| · /)[0] ?? ""));
      if (line.group.test(each)) depth += 1;
    } else if (each === "end") depth -= 1;
    else if (line.way.test(each)) {
      const [, from = "", to = ""] = line.way.exec(each) ?? [];
      used.push(from, to);
      ways.push(each);
    } else if (line.use.test(each)) used.push(...(line.use.exec(each)?.[1] ?? "").split(","));
    else if (line.style.test(each)) used.push(line.style.exec(each)?.[1] ?? "");
    else if (line.link.test(each)) {
      for (const index of (line.link.exec(each)?.[1] ?? "").split(",")) expect(Number(index)).to.be.below(ways.length);
    } else if (each !== "direction TB" && !line.definition.test(each)) throw new Error(`no Mermaid: ${raw}`);
    expect(depth).to.be.at.least(0);
  }
  expect(depth).to.equal(0);
  expect(used.filter((each) => !labels.has(each))).to.deep.equal([]);
  expect(keywords.filter((each) => labels.has(each))).to.deep.equal([]);
  return { labels, ways };
}

const decoded = (label: string): string =>
  label.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** What becomes of a name: characters that no XML may have can't be shown. */
const shown = (name: string): string => name.toWellFormed().replaceAll(/[\p{Cc}\ufffe\uffff]/gu, "\ufffd");

const drawn = (definition: unknown): string => mermaid(machineOf(definition));

const waysOf = ({ States }: Definition): number =>
  1 +
  Object.values(States).reduce((sum, { Type, Next, End, Default, Choices = [], Catch = [] }) => {
    const single = [Next, Default, End, Type === "Succeed" ? true : undefined].filter((each) => each !== undefined);
    return sum + single.length + Choices.length + Catch.length;
  }, 0);

describe("a machine in Mermaid", () => {
  it("has a shape for each type, a way for each transition, and words on them", () => {
    const source = drawn({
      StartAt: "Check",
      States: {
        Check: {
          Type: "Choice",
          Choices: [{ Condition: '{% (($count > 0) and $not(($name = ""))) %}', Next: "Work" }],
          Default: "Rest",
        },
        Work: {
          Type: "Task",
          Resource: "arn:aws:states:::glue:startJobRun.sync",
          Catch: [{ ErrorEquals: ["States.Timeout", "Mine"], Next: "Broken" }],
          Next: "Each",
        },
        Rest: { Type: "Wait", Seconds: 5, Next: "Check" },
        Each: {
          Type: "Map",
          ItemProcessor: { StartAt: "One", States: { One: { Type: "Pass", End: true } } },
          Next: "Both",
        },
        Both: {
          Type: "Parallel",
          Branches: [
            { StartAt: "Left", States: { Left: { Type: "Pass", End: true } } },
            { StartAt: "Right", States: { Right: { Type: "Succeed" } } },
          ],
          Next: "Done",
        },
        Done: { Type: "Succeed" },
        Broken: { Type: "Fail", Error: "Broken" },
      },
    });
    expect(source).to.equal(`flowchart TD
  machine_start(["Start"])
  s_Check{{"Check"}}
  s_Work["Work<br/><small>glue#58;startJobRun.sync</small>"]
  s_Rest[/"Rest<br/><small>5 s</small>"\\]
  subgraph s_Each["Each · Map"]
    direction TB
    s_Each_1_start((" "))
    s_One("One")
    s_Each_1_end((" "))
  end
  subgraph s_Both["Both · Parallel"]
    direction TB
    subgraph s_Both_1["1"]
      direction TB
      s_Both_1_start((" "))
      s_Left("Left")
      s_Both_1_end((" "))
    end
    subgraph s_Both_2["2"]
      direction TB
      s_Both_2_start((" "))
      s_Right(["Right"])
      s_Both_2_end((" "))
    end
  end
  s_Done(["Done"])
  s_Broken[["Broken<br/><small>Broken</small>"]]
  machine_end(["End"])
  machine_start --> s_Check
  s_Check -->|"(#36;count #62; 0) and #36;not(#36;name #61; #34;#34;)"| s_Work
  s_Check -->|"Default"| s_Rest
  s_Work --> s_Each
  s_Work -.->|"States.Timeout, Mine"| s_Broken
  s_Rest --> s_Check
  s_Each --> s_Both
  s_Both --> s_Done
  s_Done --> machine_end
  s_Each_1_start --> s_One
  s_One --> s_Each_1_end
  s_Both_1_start --> s_Left
  s_Left --> s_Both_1_end
  s_Both_2_start --> s_Right
  s_Right --> s_Both_2_end
  style s_Each_1_start fill:#818b98,stroke:#818b98
  style s_Each_1_end fill:#818b98,stroke:#818b98
  style s_Both_1_start fill:#818b98,stroke:#818b98
  style s_Both_1_end fill:#818b98,stroke:#818b98
  style s_Both_2_start fill:#818b98,stroke:#818b98
  style s_Both_2_end fill:#818b98,stroke:#818b98
`);
    parse(source);
  });

  it("shows rules of JSONPath too, and a rule's comment in place of its condition", () => {
    const source = drawn({
      StartAt: "Check",
      States: {
        Check: {
          Type: "Choice",
          Choices: [
            { And: [{ Variable: "$.a", NumericEquals: 1 }, { Not: { Variable: "$.b", IsNull: true } }], Next: "Check" },
            { Condition: "{% $long %}", Comment: "in short", Next: "Check" },
          ],
        },
      },
    });
    expect([...parse(source).ways].map(decoded)).to.deep.equal([
      "machine_start --> s_Check",
      's_Check -->|"($.a NumericEquals 1) and (not ($.b IsNull true))"| s_Check',
      's_Check -->|"in short"| s_Check',
    ]);
  });

  it("draws what is broken: a target that isn't there, a type that is none, a state that is no object", () => {
    const { labels, ways } = parse(
      drawn({ StartAt: "Nowhere", States: { A: { Type: "Task", Next: "Gone" }, B: 1, C: { Type: "Parallel" } } }),
    );
    expect([...labels.values()]).to.deep.equal(["Start", "A", "B", "C", "Nowhere", "Gone"]);
    expect(ways).to.deep.equal(["machine_start --> missings_Nowhere", "s_A --> missings_Gone"]);
    parse(drawn(undefined));
  });

  it("gives states whose names differ only in signs ids of their own, whatever the order of reading", () => {
    const { labels } = parse(
      drawn({
        StartAt: "a b",
        States: { "a b": { Type: "Pass" }, "a-b": { Type: "Pass" }, "a b_2": { Type: "Pass" } },
      }),
    );
    expect(Object.fromEntries(labels)).to.deep.equal({
      s_a_b: "a b",
      s_a_b_2: "a-b",
      s_a_b_2_2: "a b_2",
      machine_start: "Start",
    });
  });

  it("is in the grammar and shows every name, whatever the names", () => {
    fc.assert(
      fc.property(definitions, (definition: Definition) => {
        const names = within(definition).flatMap(({ States }) => Object.keys(States));
        const { labels, ways } = parse(drawn(definition));
        // The others are starts, ends, and the numbers of branches.
        const states = [...labels.values()].filter((label) => !/^(Start|End| |\d+)$/.test(label));
        expect(states.sort()).to.deep.equal(names.map(shown).sort());
        expect(ways.length).to.equal(within(definition).reduce((sum, each) => sum + waysOf(each), 0));
      }),
    );
  });
});
