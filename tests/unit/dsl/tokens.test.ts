/** Tokens: whatever resources and steps are called, they are rendered; and whatever text there is, it stays text. */
import { expect } from "chai";
import fc from "fast-check";
import * as z from "zod";
import {
  CompileError,
  compile,
  define,
  type Flow,
  glueJob,
  jsonata,
  lambdaFunction,
  member,
  type Ref,
  render,
  s3Bucket,
  stateMachine,
  text,
  workflow,
  type Workflow,
} from "../../../workflow/dsl/index.ts";
import { tokensIn } from "../../../workflow/dsl/tokens.ts";
import { simulate } from "../../../workflow/simulator/index.ts";
import { refusal, run } from "./run.ts";

const input = z.object({ key: z.string() });
type Given = z.infer<typeof input>;
const resources = { data: s3Bucket() };
const nothing = (): null => null;

const machine = (
  write: (flow: Flow, given: Ref<Given>, aws: { readonly data: { readonly name: string } }) => unknown,
): Workflow => workflow("sample", { input, resources }, write);

describe("a token", () => {
  it("has the names of resources and steps as they are, with blanks and any letters", async () => {
    const { definition, permissions, lambdas } = await compile(
      workflow("named", { input, resources: { "große jobs": { "my job": glueJob() } } }, (flow, _, aws) => {
        flow.lambda("My Step", { job: aws["große jobs"]["my job"].name }, nothing);
      }),
    );
    const names = {
      "große jobs.my job.name": "job-7",
      "lambda.My Step.arn": "arn:aws:lambda:eu-central-1:1:function:x",
    };
    expect(render(definition, names))
      .to.have.nested.property("States.My Step.Arguments")
      .that.deep.equals({ FunctionName: names["lambda.My Step.arn"], Payload: { job: "job-7" } });
    expect(render(permissions, names)).to.deep.equal([
      { actions: ["lambda:InvokeFunction"], resources: [names["lambda.My Step.arn"]] },
    ]);
    expect(lambdas).to.have.nested.property("[0].name", "My Step");
    expect(() => render(definition, { "große jobs.my job.name": "job-7" })).to.throw(
      /^nothing stands for \$\{lambda\.My Step\.arn\}$/,
    );
  });

  it("is replaced in keys too, and as a text within an expression", async () => {
    const { definition } = await define(
      machine((flow, given, aws) => flow.let("All", { [aws.data.name]: text`${aws.data.name}/${given.key}` })),
    );
    const { output } = await simulate(render(definition, { "data.name": "bucket" }), { input: { key: "k" } });
    expect(output).to.deep.equal({ bucket: "bucket/k" });
  });

  it("is rendered by nothing that every object has", () => {
    expect(() => render("${constructor}", {})).to.throw(/^nothing stands for \$\{constructor\}$/);
  });

  it("leaves IAM's own variables alone", () => {
    const resource = "${data.arn}/${aws:username}/${*}";
    expect(render([resource], { "data.arn": "arn:aws:s3:::d" })).to.deep.equal(["arn:aws:s3:::d/${aws:username}/${*}"]);
  });

  it("is refused where it couldn't be read, or would be that of something else", async () => {
    const allowed = "a token's name has no control characters and none of \" $ * : ? \\ { }";
    expect(
      await refusal(
        workflow(
          "sample",
          {
            input,
            resources: {
              "a.b": glueJob(),
              c: { "${d}": glueJob() },
              machine: stateMachine(),
              lambda: { Own: lambdaFunction() },
            },
          },
          (flow) => {
            flow.lambda("Own", {}, nothing);
            flow.lambda("Load: orders", {}, nothing);
          },
        ),
      ),
    ).to.deep.equal([
      `token-name sample: can't name a resource "a.b": ${allowed}, and here no dot`,
      `token-name sample: can't name a resource "\${d}": ${allowed}, and here no dot`,
      "token-name sample: has a resource whose token would be ${machine.arn}, which stands for something else already: name it otherwise",
      "token-name sample: has a resource whose token would be ${machine.executionsArn}, which stands for something else already: name it otherwise",
      "token-name sample: has a resource whose token would be ${lambda.Own.arn}, which stands for something else already: name it otherwise",
      `token-name Load: orders: can't be the name of a Lambda's step: ${allowed}`,
    ]);
  });

  it("of any resource and any step is replaced, or its name is refused", async function () {
    this.timeout(60_000);
    const letters = fc.constantFrom(
      "a",
      "B",
      " ",
      ".",
      "é",
      "%",
      '"',
      "\\",
      "{",
      "}",
      "$",
      "${",
      ":",
      "\n",
      "\u2028",
      "😀",
    );
    const anyName = fc.string({ unit: letters, minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(anyName, anyName, fc.stringMatching(/^[-\w:/.]+$/), async (key, step, value) => {
        const named = workflow("named", { input, resources: { [key]: s3Bucket() } }, (flow, given, aws) => {
          flow.lambda(`L ${step}`, {}, nothing);
          return { name: aws[key]?.name, joined: text`${aws[key]?.name ?? ""}/${given.key}` };
        });
        const defined = await define(named).catch((error: unknown) => error);
        if (defined instanceof CompileError) {
          expect(defined.problems.map(({ code }) => code)).to.include("token-name");
          return;
        }
        const { definition } = defined as Awaited<ReturnType<typeof define>>;
        const names = { [`${key}.name`]: value, [`lambda.L ${step}.arn`]: "arn:aws:lambda:eu-central-1:1:function:x" };
        expect(tokensIn(definition)).to.deep.equal(new Set(Object.keys(names)));
        const tasks = { [`L ${step}`]: () => ({ Payload: null }) };
        const { output } = await simulate(render(definition, names), { input: { key: "k" }, tasks });
        expect(output).to.deep.equal({ name: value, joined: `${value}/k` });
      }),
      { numRuns: 300 },
    );
  });
});

describe("text that looks like a token", () => {
  const texts = ["${HOME}", "echo ${HOME} ${data.nmae} ${HOME:-x} ${", "${a b}"];

  it("is text in values, in keys and in expressions, beside tokens too", async () => {
    const environment = machine((flow, given, aws) => {
      const command = flow.let("Command", [...texts, `${texts.join("")}${aws.data.name}`]);
      const variables = flow.let("Variables", { "${HOME}": { "${data.nmae}": given.key }, "${": 1 });
      return { command, home: member(variables, "${HOME}"), joined: text`\${HOME}/${aws.data.name}/${given.key}` };
    });
    const { definition } = await define(environment);
    expect(tokensIn(definition)).to.deep.equal(new Set(["data.name"]));
    const { output } = await simulate(render(definition, { "data.name": "bucket" }), { input: { key: "k" } });
    expect(output).to.deep.equal({
      command: [...texts, `${texts.join("")}bucket`],
      home: { "${data.nmae}": "k" },
      joined: "${HOME}/bucket/k",
    });
  });

  it("is accepted by the validators", async () => {
    const { output } = await run(machine((flow) => flow.let("Text", { texts, "${HOME}": 1 })));
    expect(output).to.deep.equal({ texts, "${HOME}": 1 });
  });

  it("is a finding where it may be a token that is misspelt", async () => {
    const named = (accept?: Readonly<Record<"unknown-token", string>>): Workflow =>
      machine((flow, given, aws) => {
        const made = flow.let(
          "Text",
          { home: "${HOME}", name: aws.data.name, arn: "${machine.arn}", key: text`\${data.nmae}/${given.key}` },
          accept === undefined ? {} : { accept },
        );
        return { made, other: "${dta.name}" };
      });
    const meant = "If one is meant, use what the workflow is given (`aws`).";
    const told = async (made: Workflow): Promise<string[]> =>
      (await define(made)).findings.map(({ code, state, message }) => `${code} ${state}: ${message}`);
    const other = `unknown-token sample: "\${dta.name}" is text here: no resource gives such a token. ${meant}`;
    expect(await told(named())).to.deep.equal([
      other,
      `unknown-token Text: "\${data.nmae}" is text here: no resource gives such a token. ${meant}`,
    ]);
    expect(await told(named({ "unknown-token": "a template for the worker" }))).to.deep.equal([other]);
  });

  it("is refused in names, in comments and in JSONata by hand, which can't be written otherwise", async () => {
    const why = (name: string): string =>
      `"\${${name}}" is read as a resource's token, and no resource gives it. Declare it in the workflow's resources. In values such text is text; in JSONata written by hand it is "\\u0024{${name}}".`;
    expect(
      await refusal(
        workflow("sample", { input, resources, comment: "of ${OURS}" }, (flow) => {
          flow.wait("First", 1);
          flow.wait("Pause ${A}", 1);
          flow.wait("Commented", 1, { comment: "into ${data.name}, then ${B}" });
          flow.let("ByHand", jsonata<string>`"\${C} \u0024{D} \${data.name}"`);
        }),
      ),
    ).to.deep.equal([
      `unknown-token sample: ${why("OURS")}`,
      `unknown-token Pause \${A}: ${why("A")}`,
      `unknown-token Commented: ${why("B")}`,
      `unknown-token ByHand: ${why("C")}`,
    ]);
  });
});
