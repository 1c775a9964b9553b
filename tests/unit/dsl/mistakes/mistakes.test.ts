import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { compile, CompileError, workflow, type Flow, type Problem } from "../../../../workflow/dsl/index.ts";
import type { PermissionCode } from "../../../../workflow/dsl/permissions/review.ts";
import type { ProgramCode } from "../../../../workflow/dsl/problem.ts";
import { fieldMistakes } from "./fields.ts";
import { mapMistakes } from "./maps.ts";
import { marked, programOf, type Mistake } from "./mistake.ts";
import { permissionMistakes } from "./permissions.ts";
import { requestMistakes } from "./requests.ts";
import { stepMistakes } from "./steps.ts";
import { valueMistakes } from "./values.ts";

const mistakes: Readonly<Record<ProgramCode | PermissionCode, readonly Mistake[]>> &
  Readonly<Record<string, readonly Mistake[]>> = {
  ...valueMistakes,
  ...requestMistakes,
  ...stepMistakes,
  ...fieldMistakes,
  ...mapMistakes,
  ...permissionMistakes,
};

/** What a program does that is not checked by TypeScript. */
const textOf = (value: unknown): string => String(value);

/** The error of a program, be it thrown while it is written or when it is compiled. */
const errorOf = async (write: () => Parameters<typeof compile>[0]): Promise<unknown> =>
  Promise.resolve()
    .then(write)
    .then(compile)
    .then(
      () => undefined,
      (error: unknown) => error,
    );

async function problemsOf(write: () => Parameters<typeof compile>[0]): Promise<readonly Problem[]> {
  const error = await errorOf(write);
  if (!(error instanceof CompileError)) throw new Error(`expected a CompileError, got ${String(error)}`);
  return error.problems;
}

const placeless = (message: string): string =>
  message.replaceAll(/[^ (]+\.ts:\d+/g, "FILE:LINE").replaceAll(/reference\d+/g, "referenceN");

for (const [code, each] of Object.entries(mistakes)) {
  describe(`the problem "${code}"`, () => {
    for (const mistake of each) {
      it(`is told once of ${mistake.what}, at its line`, async () => {
        marked.line = 0;
        const problems = await problemsOf(() => programOf(mistake));
        const told = problems.map(({ message, state, ...rest }) => ({
          code: rest.code,
          state,
          message: placeless(message),
        }));
        expect(told).to.deep.equal([{ code, state: mistake.state ?? "sample", message: mistake.message }]);
        const [problem] = problems;
        if (marked.line > 0) expect(problem?.site.line, "its line").to.equal(marked.line);
        else
          expect(basename(problem?.site.file ?? "")).to.match(
            /^(mistake|fields|maps|permissions|requests|steps|values)\.ts$/,
          );
      });
    }
  });
}

describe("the DSL's README", () => {
  it("names all problems of which there is a mistake here, and no other", () => {
    const readme = readFileSync(new URL("../../../../workflow/dsl/README.md", import.meta.url), "utf8");
    const [, table = ""] = /\| code +\| what is wrong[^\n]*\n[^\n]*\n((?:\|[^\n]*\n)+)/.exec(readme) ?? [];
    const named = table.split("\n").flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)]);
    expect(named.map(([, code]) => code).sort()).to.deep.equal(Object.keys(mistakes).sort());
  });
});

const sample = (write: (flow: Flow) => unknown) => workflow("sample", { input: z.object({}) }, write);

describe("an exception of the program itself", () => {
  const own = new RangeError("no such day");

  it("comes through as it is", async () => {
    const thrown = await errorOf(() =>
      sample((flow) => {
        flow.wait("Pause", -1);
        flow.parallel("Both", {
          one: () => {
            throw own;
          },
        });
      }),
    );
    expect(thrown).to.equal(own);
  });

  it("is told with the mistakes before it, which may be its cause", async () => {
    const thrown = await errorOf(() =>
      sample((flow) => {
        JSON.parse(textOf(flow.context.Execution.Name));
      }),
    );
    expect(thrown).to.be.instanceOf(CompileError).with.property("cause").that.is.instanceOf(SyntaxError);
    expect(placeless(String(thrown)).split("\n").slice(1)).to.deep.equal([
      "  FILE:LINE sample: a reference is no text: use text`…${reference}…` for a string that is built while the machine runs",
      "  and then the program threw SyntaxError: Unexpected token 'r', \"referenceN\" is not valid JSON",
    ]);
  });

  it("can be caught by the program, which goes on", async () => {
    const { definition } = await compile(
      sample((flow) => {
        try {
          flow.parallel("Both", {
            one: () => {
              throw own;
            },
          });
        } catch {
          flow.wait("Pause", 1);
        }
      }),
    );
    expect(definition.States).to.have.keys("Pause");
  });
});

describe("mistakes of all kinds", () => {
  it("are told at once", async () => {
    const problems = await problemsOf(() =>
      sample((flow) => {
        const name = textOf(flow.context.Execution.Name);
        flow.lambda("Work", { name, late: Number.NaN }, () => 1, {
          timeout: 901,
          retry: [{ errors: ["A"], interval: 0 }],
        });
        flow.wait("Pause", -1);
        flow.wait("Pause", -1);
      }),
    );
    expect(problems.map(({ code, state }) => `${code} ${state}`)).to.deep.equal([
      "reference sample",
      "duplicate-name Pause",
      "limit Work",
      "not-json Work",
      "limit Work",
      "limit Pause",
      "limit Pause (2)",
    ]);
  });

  it("are told when a step comes after its workflow", () => {
    const kept: Flow[] = [];
    sample((flow) => {
      kept.push(flow);
      flow.wait("Pause", 1);
    });
    expect(() => {
      kept[0]?.wait("Late", 1);
    })
      .to.throw(CompileError)
      .with.property("message")
      .that.matches(
        /mistakes\.test\.ts:\d+ Late: is written after its workflow is finished: write it while the workflow's function runs$/,
      );
  });
});
