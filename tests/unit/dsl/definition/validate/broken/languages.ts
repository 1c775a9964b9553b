/** Definitions that are broken in their query language. */
import type { Broken } from "./broken.ts";
import { jsonata, jsonPath, pass, task } from "../machines.ts";

export const languages: readonly Broken[] = [
  {
    what: "JSONPath's field in JSONata",
    found: [
      'error wrong-language /States/A/ResultPath: "ResultPath" is a field of JSONPath, and the state is in JSONata. Write Output instead.',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: pass({ ResultPath: "$.a" }) }),
  },
  {
    what: "JSONata's field in JSONPath",
    found: [
      'error wrong-language /States/A/Arguments: "Arguments" is a field of JSONata, and the state is in JSONPath. Write Parameters instead.',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonPath({ A: task({ Arguments: {} }) }),
  },
  {
    what: "a JSONPath comparison in JSONata",
    found: [
      'error wrong-language /States/A/Choices/0/Variable: "Variable" is a field of JSONPath, and the state is in JSONata.',
      'error wrong-language /States/A/Choices/0/IsNull: "IsNull" is a field of JSONPath, and the state is in JSONata.',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({
      A: { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Condition: true, Next: "B" }] },
      B: pass(),
    }),
  },
  {
    what: "a JSONPath state in a JSONata machine",
    found: [
      "error mixed-language /States/A/QueryLanguage: the machine is in JSONata, which allows no JSONPath state: rewrite the state, or make JSONPath the machine's language and JSONata that of its other states",
    ],
    refusedBy: [],
    definition: jsonata({ A: pass({ QueryLanguage: "JSONPath" }) }),
  },
  {
    what: "an unknown language",
    found: ['error wrong-type /QueryLanguage: there is no query language "Jsonata": write "JSONata" or "JSONPath"'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass() }, { QueryLanguage: "Jsonata" }),
  },
];
