/** Made-up programs that fail for sure, in one place, and in which nothing else can. */
import fc from "fast-check";
import { endsBody, evaluationError, type Body, type Broken, type Step, type Term } from "./program.ts";

const sure: Term = { is: "constant", value: 1 };
/** What the last step yields. */
const last: Term = { is: "seen", index: -1 };
const quiet: Body = { steps: [{ does: "task", gives: 1 }], value: sure, fails: null };

const broken = fc.constantFrom<Broken>({ is: "broken", of: "constant" }, { is: "broken", of: "input" });

/** A step with a failing expression of its own. */
const failing = broken.chain((place) =>
  fc.constantFrom<Step>(
    { does: "let", value: place },
    { does: "let", value: { is: "array", items: [sure, { is: "object", members: { a: place } }] } },
    { does: "tell", payload: place, gives: 1 },
    { does: "wait", seconds: place },
    { does: "if", one: sure, other: place, then: quiet, otherwise: quiet },
    { does: "map", items: place, body: quiet },
    { does: "children", items: place, batch: 0, body: quiet },
    { does: "repeat", from: place, rounds: 1, atMost: 1, body: quiet },
    { does: "poll", gives: 1, until: place },
  ),
);

/** A step that is made of a failing body. */
const around = (body: Body): fc.Arbitrary<Step> =>
  fc.constantFrom<Step>(
    { does: "known", condition: true, then: body, otherwise: quiet },
    { does: "known", condition: false, then: quiet, otherwise: body },
    { does: "choose", on: "a", ways: { a: body, b: quiet } },
    { does: "parallel", branches: { one: quiet, other: body } },
    { does: "map", items: [1, 2], body },
    { does: "children", items: [1, 2], batch: 0, body },
    // A round that always ends doesn't compile.
    {
      does: "repeat",
      from: sure,
      rounds: 1,
      atMost: 1,
      body: endsBody(body)
        ? { ...quiet, value: last, steps: [{ does: "known", condition: true, then: body, otherwise: quiet }] }
        : body,
    },
    // One that is not for the error, one that fails itself, and one that is tried again.
    { does: "try", body, retries: 0, handlers: [{ errors: ["Mine"], body: quiet }] },
    {
      does: "try",
      body: { ...quiet, steps: [{ does: "break", error: "Mine" }] },
      retries: 0,
      handlers: [{ errors: ["Mine"], body }],
    },
    { does: "try", body, retries: 1, handlers: [{ errors: ["Yours"], body: quiet }] },
  );

const withStep = (step: Step): Body => ({ steps: [...quiet.steps, step], value: last, fails: null });

/** A body that fails by an expression: in a step, in its own value, or in the cause of its Fail. */
export const failingBody: fc.Arbitrary<Body> = fc.letrec<{ body: Body }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    broken.map((value): Body => ({ ...quiet, value })),
    fc.constant<Body>({ ...quiet, fails: evaluationError }),
    failing.map(withStep),
    tie("body").chain(around).map(withStep),
  ),
})).body;
