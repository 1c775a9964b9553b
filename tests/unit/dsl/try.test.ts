import { expect } from "chai";
import * as z from "zod";
import {
  AnyError,
  define,
  ExpressionFailed,
  type Flow,
  gt,
  jsonata,
  type Ref,
  required,
  seconds,
  toNumber,
  TooMuchData,
  withDefault,
  workflow,
  type Workflow,
} from "../../../workflow/dsl/index.ts";
import type { SimulationResult } from "../../../workflow/simulator/index.ts";
import { run } from "./run.ts";

const input = z.object({ s: z.string(), note: z.string().optional() });
type Given = Ref<z.infer<typeof input>>;

const made = (write: (flow: Flow, given: Given) => unknown): Workflow => workflow("w", { input }, write);

/** How it ends where `s` is no number, and there is no note. */
const end = async (write: (flow: Flow, given: Given) => unknown): Promise<Partial<SimulationResult>> => {
  const { output, error } = await run(made(write), { input: { s: "x" }, tasks: { Work: () => ({ Payload: 1 }) } });
  return { output, error };
};

const work = (flow: Flow): Ref<number> => flow.lambda("Work", {}, () => Math.round(1));
const caught = { output: -1, error: undefined };

describe("a try", () => {
  it("catches an error of what its body returns", async () => {
    const returned = await end((flow, { s }) =>
      flow
        .try("T", (flow) => {
          work(flow);
          return { x: toNumber(s) };
        })
        .catch(AnyError, () => ({ x: -1 })),
    );
    expect(returned).to.deep.equal({ output: { x: -1 }, error: undefined });
    expect(
      await end((flow, { s }) => flow.try("T", () => toNumber(s)).catch(ExpressionFailed, () => -1)),
    ).to.deep.equal(caught);
  });

  it("catches an error of what a way in its body returns", async () => {
    const way = (flow: Flow, { s }: Given): Ref<number | null> =>
      flow.if("I", true, (flow) => {
        work(flow);
        return toNumber(s);
      });
    expect(
      await end((flow, given) => flow.try("T", (flow) => way(flow, given)).catch(AnyError, () => -1)),
    ).to.deep.equal(caught);
  });

  it("catches an error of what a handler of a try in its body returns", async () => {
    const inner = (flow: Flow, { s }: Given): Ref<number> =>
      flow
        .try("Inner", (flow) => {
          flow.fail("Bad", { error: "Bad" });
          return 0;
        })
        .catch(["Bad"], () => toNumber(s));
    expect(
      await end((flow, given) => flow.try("T", (flow) => inner(flow, given)).catch(AnyError, () => -1)),
    ).to.deep.equal(caught);
  });

  it("catches an error of an expression that reads nothing, of a Fail's cause, and of a missing member", async () => {
    const bodies: readonly ((flow: Flow, given: Given) => unknown)[] = [
      (flow) => flow.let("L", jsonata<number>`$number("x")`),
      (flow, { s }) => flow.fail("F", { error: "Mine", cause: jsonata<string>`$string(${toNumber(s)})` }),
      (_, { note }) => ({ note: required(note) }),
    ];
    for (const body of bodies)
      expect(
        await end((flow, given) =>
          flow
            .try("T", (flow) => {
              work(flow);
              return body(flow, given);
            })
            .catch(ExpressionFailed, () => -1),
        ),
      ).to.deep.equal(caught);
  });

  it("catches that what its body assigns or returns is too large", async () => {
    const half = { Work: () => ({ Payload: "x".repeat(150_000) }) };
    for (const errors of [AnyError, TooMuchData])
      for (const isReturned of [true, false])
        expect(
          (
            await run(
              made((flow) =>
                flow
                  .try("T", (flow) => {
                    const one = work(flow);
                    const both = { one, other: [one] };
                    return isReturned ? both : flow.let("Both", both);
                  })
                  .catch(errors, () => -1),
              ),
              { input: { s: "x" }, tasks: half },
            )
          ).output,
        ).to.equal(-1);
  });

  it("leaves its body beside the other states if nothing in it can fail but tasks, which have a Catch", async () => {
    const { definition, findings } = await define(
      made((flow, given) =>
        flow
          .try("T", (flow) => {
            flow.let("One", { fixed: [1, "text"] });
            flow.let("Two", given);
            const three = flow.if("Known", true, work);
            flow.wait("Pause", seconds(1));
            return three;
          })
          .catch(AnyError, (_, error) => ({ error })),
      ),
    );
    expect(findings).to.deep.equal([]);
    expect(definition.States).to.have.all.keys([
      ...["One", "Two", "Known", "Work", "Known: no", "Pause"],
      ...["T: done", "T: caught", "w: done"],
    ]);
  });

  it("tells that it can't catch an error of a value beside a succeed in its body", async () => {
    const { findings } = await define(
      made((flow, { s }) =>
        flow
          .try("T", (flow) => {
            work(flow);
            flow.if("Early", true, (flow) => flow.succeed("Done"));
            return toNumber(s);
          })
          .catch(AnyError, () => -1),
      ),
    );
    expect(findings.map(({ code, state, message }) => `${code} ${state}: ${message}`)).to.deep.equal([
      "handler-gap T: does not catch the errors of its Choices' and values' expressions, since a succeed in its body keeps it from being a branch of its own: return a value from the body, and succeed after the try",
    ]);
  });
});

describe("a state's name", () => {
  it("may be a field's, or what each object of JavaScript has, and its value is used all the same", async () => {
    const names = ["Next", "Default", "StartAt", "States", "__proto__", "constructor", "hasOwnProperty", "1st", "Über"];
    const { output } = await run(
      made((flow) =>
        names.map((name) =>
          flow.if(
            `${name}?`,
            gt(withDefault(flow.let(name, { [name]: 1 })[name], 0), 0),
            () => name,
            () => "lost",
          ),
        ),
      ),
      { input: { s: "" } },
    );
    expect(output).to.deep.equal(names);
  });
});
