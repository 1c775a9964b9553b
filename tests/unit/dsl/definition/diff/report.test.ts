import { expect } from "chai";
import {
  diff,
  markdownOfReport,
  reportOn,
  textOfReport,
  type Report,
} from "../../../../../workflow/dsl/definition/diff/index.ts";
import { machineOf } from "../../../../../workflow/dsl/definition/machine.ts";

const old = machineOf({
  StartAt: "Load",
  TimeoutSeconds: 60,
  States: {
    Load: { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun.sync", Next: "Tell" },
    Tell: { Type: "Task", Resource: "arn:aws:states:::sns:publish", End: true },
  },
});
const now = machineOf({
  StartAt: "Load",
  TimeoutSeconds: 90,
  States: {
    Load: { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun.sync", Next: "Big | small?" },
    "Big | small?": { Type: "Choice", Choices: [{ Condition: "{% $rows > 9 %}", Next: "Say" }], Default: "Say" },
    Say: { Type: "Task", Resource: "arn:aws:states:::sns:publish", End: true },
  },
});
const report = (): Report => reportOn(diff(old, now));

const redrive =
  "A redrive, possible for 14 days, uses the definition of the original execution, even if its alias points to another version by now: an execution that failed in the old definition needs a new execution to get the new one.";

describe("the report on a comparison", () => {
  it("is one line, the changes with what each means, and what holds for all", () => {
    expect(textOfReport(report())).to.equal(`1 state added, 1 renamed, 1 rewired, 1 change of a machine itself.

~ the machine: TimeoutSeconds 60 → 90.
    Running executions keep the old limit; a redrive starts it anew.
~ after Load now comes Big | small? instead of Say.
+ Big | small? is new: a Choice.
~ Say was named Tell; its content is the same.
    Alarms, metric filters, dashboards and mocks that name Tell find nothing any more; $states.context.State.Name has the new name.

For executions:
- Running executions keep the definition and the role that they started with; executions that start within seconds of the update may still get the old ones.
- ${redrive}
- A version never changes; executions started through an alias get this definition only when the alias points to a version of it.
- A Lambda's code is no part of the definition: new code reaches running executions and redrives at once, unless the definition names the function by a version.
`);
  });

  const meanings = (was: object, is: object): unknown => {
    const program = (each: object): ReturnType<typeof machineOf> =>
      machineOf({ StartAt: "Each", States: { Each: { Type: "Map", End: true, ...each } } });
    return reportOn(diff(program(was), program(is))).changes.map(({ meaning }) => meaning);
  };
  const processor = (ProcessorConfig?: object): object => ({
    ItemProcessor: {
      ...(ProcessorConfig === undefined ? {} : { ProcessorConfig }),
      StartAt: "One",
      States: { One: { Type: "Pass", End: true } },
    },
  });
  const standard = processor({ Mode: "DISTRIBUTED", ExecutionType: "STANDARD" });
  const express = processor({ Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" });
  const inline = processor({ Mode: "INLINE" });

  it("tells of Map Runs where a Map is distributed, and only there", () => {
    for (const MaxConcurrency of [5, undefined]) {
      expect(meanings({ ...inline, MaxConcurrency: 1 }, { ...inline, MaxConcurrency })).to.deep.equal([undefined]);
      expect(meanings({ ...standard, MaxConcurrency: 1 }, { ...standard, MaxConcurrency })).to.deep.equal([
        "Of a Map Run that runs already, UpdateMapRun can change it.",
      ]);
    }
  });

  it("says what another mode or another kind of child executions means for executions", () => {
    const running = "Running executions go on with it as they began.";
    const distributed = `New executions run its items in child executions, which don't see the variables around it; the role must allow states:StartExecution of the machine itself. ${running}`;
    const within = `New executions run its items in their own history, of 25,000 events, at most 40 at once; they have no Map Run. ${running}`;
    expect(meanings(inline, processor({ Mode: "DISTRIBUTED" }))).to.deep.equal([distributed]);
    expect(meanings(processor(), standard)).to.deep.equal([distributed]);
    expect(meanings(standard, processor())).to.deep.equal([within]);
    expect(meanings(processor({ Mode: "DISTRIBUTED" }), inline)).to.deep.equal([within]);
    expect(meanings(standard, express)).to.deep.equal([
      `New Map Runs have Express children, which take five minutes at most, may run more than once, can't wait with .sync or .waitForTaskToken and leave no history but logs. ${running}`,
    ]);
    expect(meanings(express, standard)).to.deep.equal([
      `New Map Runs have Standard children: each runs once, has a history of its own and is charged by transitions. ${running}`,
    ]);
    expect(meanings(inline, standard)).to.deep.equal([distributed, undefined]);
    expect(meanings(inline, processor())).to.deep.equal([undefined]);
  });

  it("tells arguments that are passed on from those that name what is called", () => {
    const meaning = (was: object, is: object): unknown => {
      const program = (fields: object): ReturnType<typeof machineOf> =>
        machineOf({ StartAt: "Call", States: { Call: { Type: "Task", End: true, ...fields } } });
      return reportOn(diff(program(was), program(is))).changes.map((each) => each.meaning);
    };
    const passed =
      "What it calls must understand this from the first new execution on, and the old until the running executions are over.";
    const named = "If it names another resource, the role must allow that one as well.";
    const payload = (Payload: object): object => ({ Arguments: { FunctionName: "f", Payload } });
    expect(meaning(payload({}), payload({ extra: 1 }))).to.deep.equal([passed]);
    expect(meaning(payload({}), { Arguments: { FunctionName: "g", Payload: {} } })).to.deep.equal([named]);
    const paths = (path: string): object => ({ Parameters: { "Payload.$": path, PayloadName: path } });
    expect(meaning(paths("$.a"), paths("$.b"))).to.deep.equal([passed, named]);
  });

  it("warns of what running executions still need when a Task goes", () => {
    const { changes } = reportOn(
      diff(now, machineOf({ StartAt: "Load", States: { Load: { Type: "Pass", End: true } } })),
    );
    expect(
      changes.filter(({ change }) => change.kind === "removed").map(({ sentence, meaning }) => [sentence, meaning]),
    ).to.deep.equal([
      [
        "Big | small? is gone: a Choice",
        "Running executions and redrives may still come here. Alarms, metric filters and mocks that name it find nothing any more.",
      ],
      [
        "Say is gone: a Task that calls sns:publish",
        "Running executions and redrives may still come here: keep what it calls, and the permission, until they are over. Alarms, metric filters and mocks that name it find nothing any more.",
      ],
    ]);
  });

  it("has a table and a picture for a pull request, and nothing in it that Markdown would take for its own", () => {
    const [heading, table, facts, opening, picture, closing] = markdownOfReport(report(), "lake*house", now).split(
      "\n\n",
    );
    expect(heading).to.equal("**lake\\*house**: 1 state added, 1 renamed, 1 rewired, 1 change of a machine itself.");
    expect(table).to.equal(
      [
        "| what changes | what it means |",
        "| --- | --- |",
        "| the machine: TimeoutSeconds 60 → 90 | Running executions keep the old limit; a redrive starts it anew. |",
        "| after Load now comes Big \\| small? instead of Say |  |",
        "| Big \\| small? is new: a Choice |  |",
        "| Say was named Tell; its content is the same | Alarms, metric filters, dashboards and mocks that name Tell find nothing any more; \\$states.context.State.Name has the new name. |",
      ].join("\n"),
    );
    expect(facts).to.include(`- ${redrive}\n`);
    expect(opening).to.equal("<details>\n<summary>The new machine, with what has changed in it</summary>");
    expect(picture?.split("\n").filter((line) => /```|Big|Say|class|link/.test(line))).to.deep.equal([
      "```mermaid",
      '  s_Big___small_{{"Big #124; small?<br/><small>new</small>"}}',
      '  s_Say["Say<br/><small>sns#58;publish</small><br/><small>was Tell</small>"]',
      "  s_Load --> s_Big___small_",
      '  s_Big___small_ -->|"#36;rows #62; 9"| s_Say',
      '  s_Big___small_ -->|"Default"| s_Say',
      "  s_Say --> machine_end",
      "  classDef added fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a",
      "  class s_Big___small_ added",
      "  classDef changed fill:#fff8c5,stroke:#9a6700,color:#4d2d00",
      "  class s_Load,s_Say changed",
      "  linkStyle 1 stroke:#9a6700,stroke-width:2px",
      "```",
    ]);
    expect(closing).to.equal("</details>\n");
  });

  it("says that nothing changes", () => {
    const none = reportOn(diff(old, old));
    expect(none).to.deep.equal({ summary: "Nothing changes: both definitions mean the same", changes: [], facts: [] });
    expect(textOfReport(none)).to.equal("Nothing changes: both definitions mean the same.\n");
    expect(markdownOfReport(none, "lakehouse", old)).to.equal(
      "**lakehouse**: Nothing changes: both definitions mean the same.\n",
    );
  });
});
