/** How a Fail ends the execution. */
import { machine } from "../machines.ts";
import { docs, expressionAt, type Fact } from "./fact.ts";

const stop = (fields: object): object => machine({ Stop: { Type: "Fail", ...fields } });

export const failing: readonly Fact[] = [
  {
    fact: "A Fail ends with its Error and its Cause",
    source: docs("state-fail"),
    definition: stop({ Error: "NoStock", Cause: "Shelf 3 is empty" }),
    status: "FAILED",
    error: "NoStock",
    cause: "Shelf 3 is empty",
  },
  {
    fact: "A Fail's Error may be an expression, and no Cause is none",
    source: "recorded: scenarios/test_fail_error_jsonata",
    definition: stop({ Error: "{% $states.input.code %}" }),
    input: { code: "NoStock" },
    status: "FAILED",
    error: "NoStock",
    cause: null,
  },
  {
    fact: "A Fail's Cause may be an expression, and no Error is none",
    source: "recorded: scenarios/test_fail_cause_jsonata",
    definition: stop({ Cause: "{% 'Shelf ' & $states.input.shelf %}" }),
    input: { shelf: 3 },
    status: "FAILED",
    error: null,
    cause: "Shelf 3",
  },
  {
    fact: "A Fail's Error and Cause may come from variables",
    source: "recorded: assign/test_reference_assign[BASE_REFERENCE_IN_FAIL]",
    definition: machine({
      Set: { Type: "Pass", Assign: { code: "NoStock", why: "Shelf 3" }, Next: "Stop" },
      Stop: { Type: "Fail", Error: "{% $code %}", Cause: "{% $why %}" },
    }),
    status: "FAILED",
    error: "NoStock",
    cause: "Shelf 3",
  },
  {
    fact: "A Fail's Error and Cause may come from the context",
    source: "recorded: context_object/test_error_cause_path",
    definition: stop({ Error: "{% $states.context.State.Name %}", Cause: "{% $states.context.StateMachine.Name %}" }),
    status: "FAILED",
    error: "Stop",
    cause: "simulated",
  },
  {
    fact: "A Fail without Error and Cause ends with neither",
    source: "recorded: error_handling/test_s3_no_such_key",
    definition: stop({}),
    status: "FAILED",
    error: null,
    cause: null,
  },
  {
    fact: "A Fail with a Cause only, reached by a Choice's Default, ends with that Cause",
    source: "recorded: outputdecl/test_output_in_choice[CONDITION_FALSE]",
    definition: machine({
      Ask: { Type: "Choice", Choices: [{ Condition: false, Next: "Go" }], Default: "Stop" },
      Go: { Type: "Succeed" },
      Stop: { Type: "Fail", Cause: "Not today" },
    }),
    status: "FAILED",
    error: null,
    cause: "Not today",
    states: ["Ask", "Stop"],
  },
  {
    fact: "A Fail's Error that gives nothing is an evaluation error itself",
    source: docs("state-fail"),
    definition: stop({ Error: "{% $states.input.code %}" }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
    cause: expressionAt("Stop", 2, "$states.input.code", "Error") + "returned nothing (undefined).",
  },
  {
    fact: "A Fail's Cause must be text",
    source: docs("state-fail"),
    definition: stop({ Cause: "{% 42 %}" }),
    status: "FAILED",
    error: "States.QueryEvaluationError",
  },
];
