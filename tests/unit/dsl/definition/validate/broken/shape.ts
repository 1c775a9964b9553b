/** Definitions that are broken in their shape. */
import type { Broken } from "./broken.ts";
import { choice, jsonata, map, pass, task, to } from "../machines.ts";

export const shape: readonly Broken[] = [
  {
    what: "no object at all",
    found: [
      'error missing-field : the field "StartAt" is missing: it is required here',
      'error missing-field : the field "States" is missing: it is required here',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: [],
  },
  {
    what: "no States",
    found: ['error missing-field : the field "States" is missing: it is required here'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: { StartAt: "A" },
  },
  {
    what: "no states",
    found: ["error empty-machine /States: there are no states here: add one"],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({}),
  },
  {
    what: "no StartAt",
    found: ['error missing-field : the field "StartAt" is missing: it is required here'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: { QueryLanguage: "JSONata", States: { A: pass() } },
  },
  {
    what: "a state that is none",
    found: ["error wrong-type /States/B: a state has to be an object"],
    refusedBy: ["asl-validator throws"],
    definition: { ...jsonata({ A: to("B"), B: 5 }) },
  },
  {
    what: "an unknown type",
    found: [
      'error unknown-type /States/A/Type: there is no state of type "Pas": types are Task, Pass, Wait, Choice, Parallel, Map, Succeed, Fail. Did you mean "Pass"?',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Pas", End: true } }),
  },
  {
    what: "an unknown field",
    found: ['error unknown-field /States/A/Outputs: there is no field "Outputs" here. Did you mean "Output"?'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass({ Outputs: {} }) }),
  },
  {
    what: "an unknown field of the machine",
    found: [
      'error unknown-field /TimeoutSecond: there is no field "TimeoutSecond" here. Did you mean "TimeoutSeconds"?',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: pass() }, { TimeoutSecond: 5 }),
  },
  {
    what: "a missing Resource",
    found: ['error missing-field /States/A: the field "Resource" is missing: it is required here'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Task", End: true } }),
  },
  {
    what: "no Next and no End",
    found: ['error next-and-end /States/A: it has neither Next nor End: name the next state, or write "End": true'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Pass" } }),
  },
  {
    what: "Next and End",
    found: ["error next-and-end /States/A/End: it has both Next and End: keep the one that is meant"],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Pass", Next: "B", End: true }, B: pass() }),
  },
  {
    what: "a Wait for nothing",
    found: ["error missing-field /States/A: a Wait has to have Seconds or Timestamp: say how long it waits"],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Wait", End: true } }),
  },
  {
    what: "a Wait for two things",
    found: [
      "error missing-field /States/A: a Wait has one of Seconds and Timestamp, and this has Seconds and Timestamp: keep one",
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Wait", Seconds: 1, Timestamp: "2030-01-31T09:00:00Z", End: true } }),
  },
  {
    what: "a Choice without rules",
    found: ["error empty-machine /States/A/Choices: a Choice without rules: give it at least one"],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Choice", Choices: [], Default: "B" }, B: pass() }),
  },
  {
    what: "a Parallel without branches",
    found: ["error empty-machine /States/A/Branches: a Parallel without branches: give it at least one"],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Parallel", Branches: [], End: true } }),
  },
  {
    what: "an End that is a text",
    found: ['error wrong-type /States/A/End: "End" has to be true, and it is "true"'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Pass", End: "true" } }),
  },
  {
    what: "a condition that is a text",
    found: [
      'error wrong-type /States/A/Choices/0/Condition: "Condition" has to be true, false or an expression, and it is "$x"',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: choice("$x", "B", "B"), B: pass() }),
  },
  {
    what: "a rule without a target",
    found: ['error missing-field /States/A/Choices/0: the field "Next" is missing: it is required here'],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: { Type: "Choice", Choices: [{ Condition: true }], Default: "B" }, B: pass() }),
  },
  {
    what: "Items that are a text",
    found: [
      'error wrong-type /States/A/Items: "Items" has to be a list, an object or an expression, and it is "$.list"',
    ],
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata({ A: map({ B: pass() }, { Items: "$.list" }) }),
  },
  {
    what: "another version of the language",
    found: ['error wrong-type /Version: "Version" has to be 1.0, and it is "2.0"'],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: pass() }, { Version: "2.0" }),
  },
  {
    what: "credentials without a role",
    found: ['error missing-field /States/A/Credentials: the field "RoleArn" is missing: it is required here'],
    refusedBy: [],
    definition: jsonata({ A: task({ Credentials: {} }) }),
  },
  {
    what: "a state without a name",
    found: ["error empty-name /States/A/ItemProcessor/States/: the state's name is empty: give it one"],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: map({ B: to(""), "": pass() }, { Items: [1] }) }),
  },
  {
    what: "a distributed Map's field in an inline one",
    found: [
      'error distributed-only /States/A/ToleratedFailureCount: only a distributed Map has "ToleratedFailureCount": set "Mode": "DISTRIBUTED" in ItemProcessor.ProcessorConfig, or leave it out',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: pass() }, { ToleratedFailureCount: 1 }) }),
  },
];
