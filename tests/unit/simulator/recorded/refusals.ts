/** What isn't accepted at creation. The reasons are Step Functions', the words the simulator's own. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const jsonata = docs("transforming-data");
const pass = (fields: object = {}): object => ({ Type: "Pass", ...fields, End: true });

function refused(fact: string, source: string, definition: object, ...findings: readonly string[]): Fact {
  return { fact, source, definition, status: "REFUSED", findings };
}

function unknownField(field: string, state: object, source: string): Fact {
  const type = "Type" in state ? String(state.Type) : "";
  const fact = `A ${type} in JSONata mode has no ${field}`;
  return refused(fact, source, machine({ Only: state, Then: pass() }), `/States/Only: Unrecognized key: "${field}"`);
}

export const refusals: readonly Fact[] = [
  refused(
    "$eval is refused",
    jsonata,
    machine({ Only: pass({ Output: "{% $eval('1') %}" }) }),
    "/States/Only/Output: $eval is not supported in the expression '$eval('1')'",
  ),
  refused(
    "An expression with an error of grammar is refused",
    jsonata,
    machine({ Only: pass({ Assign: { deep: ["{% 1 + %}"] } }) }),
    "/States/Only/Assign/deep/0: S0207: Unexpected end of expression in the expression '1 +'",
  ),
  refused(
    "A machine in JSONata mode has no state in JSONPath mode",
    "recorded: test_sfn_api_validation/test_validate_state_machine_definition_type_standard[INVALID_DOWNGRADE_QUERY_LANGUAGE]",
    machine({ Only: pass({ QueryLanguage: "JSONPath" }) }),
    "/States/Only: state 'Only' is in JSONPath mode; a machine in JSONata mode can't have such states",
  ),
  refused(
    "A machine needs a StartAt",
    "recorded: test_sfn_api_validation/test_validate_state_machine_definition_type_standard[INVALID_BASE_NO_STARTAT]",
    { QueryLanguage: "JSONata", States: { Only: pass() } },
    "/StartAt: Invalid input: expected string, received undefined",
  ),
  refused(
    "An empty definition lacks StartAt and States, and both are said at once",
    "recorded: test_sfn_api_validation/test_validate_state_machine_definition_not_a_definition[EMPTY_DICT]",
    {},
    "/StartAt: Invalid input: expected string, received undefined",
    "/States: has to be an object",
  ),
  unknownField("Parameters", pass({ Parameters: {} }), jsonata),
  unknownField("InputPath", pass({ InputPath: "$" }), jsonata),
  unknownField("OutputPath", pass({ OutputPath: "$" }), jsonata),
  unknownField("Result", pass({ Result: 1 }), jsonata),
  unknownField("ResultPath", task({ ResultPath: "$" }), jsonata),
  unknownField("ResultSelector", task({ ResultSelector: {} }), jsonata),
  unknownField("Assign", { Type: "Succeed", Assign: { n: 1 } }, docs("workflow-variables")),
  unknownField("Assign", { Type: "Fail", Assign: { n: 1 } }, docs("workflow-variables")),
  unknownField("Output", { Type: "Fail", Output: 1 }, docs("state-fail")),
  unknownField("Retry", pass({ Retry: [] }), docs("concepts-error-handling")),
  refused(
    "A Wait has Seconds or a Timestamp, not both",
    docs("state-wait"),
    machine({ Only: { Type: "Wait", Seconds: 1, Timestamp: "2025-01-01T00:00:00Z", End: true } }),
    "/States/Only: needs either Seconds or Timestamp",
  ),
  refused(
    "A state inside a Map doesn't lead out of it",
    docs("state-map"),
    machine({
      Each: { Type: "Map", ItemProcessor: branch({ Out: { Type: "Pass", Next: "After" } }), Next: "After" },
      After: pass(),
    }),
    "/States/Each/ItemProcessor/States/Out: leads to 'After', which is no state beside it",
  ),
  refused(
    "An inline Map has no ItemReader",
    docs("state-map-inline"),
    machine({
      Each: {
        Type: "Map",
        ItemReader: { Resource: "arn:aws:states:::s3:getObject" },
        ItemProcessor: branch({ Keep: pass() }),
        End: true,
      },
    }),
    "/States/Each/ItemReader: only a Map with ProcessorConfig.Mode DISTRIBUTED has it",
  ),
];
