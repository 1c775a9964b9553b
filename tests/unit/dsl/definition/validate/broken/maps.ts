/** Definitions that are broken in their distributed Maps, and in the children of those. */
import type { Broken } from "./broken.ts";
import { jsonata, map, pass, task, type Fields } from "../machines.ts";

const distributed = (states: Fields, more: Fields = {}, executionType = "STANDARD"): Fields =>
  map(states, { Items: [1], ...more }, { Mode: "DISTRIBUTED", ExecutionType: executionType });
const express = (...states: readonly Fields[]): Fields =>
  jsonata({ A: distributed(Object.fromEntries(states.map((state) => ["B", state])), {}, "EXPRESS") });
const signs = '? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` "';

export const maps: readonly Broken[] = [
  {
    what: "a label that is too long",
    found: ["error label /States/A/Label: the label has 41 characters, and 40 are allowed: shorten it"],
    refusedBy: [],
    definition: jsonata({ A: distributed({ B: pass() }, { Label: "x".repeat(41) }) }),
  },
  {
    what: "a label that is empty",
    found: ["error label /States/A/Label: the label is empty: leave it out, or name the Map by it"],
    refusedBy: ["amazon-states-language-service"],
    definition: jsonata({ A: distributed({ B: pass() }, { Label: "" }) }),
  },
  ...[
    ["a*b", "*"],
    ["a b?", " "],
    ["a\u007f", "\u007f"],
  ].map(([label = "", sign]) => ({
    what: `a label with ${JSON.stringify(sign)}`,
    found: [
      `error label /States/A/Label: the label ${JSON.stringify(label)} has ${JSON.stringify(sign)}, and may have no blanks, control characters and none of ${signs}: write letters, digits, - and _`,
    ],
    refusedBy: [],
    definition: jsonata({ A: distributed({ B: pass() }, { Label: label }) }),
  })),
  {
    what: "a label of two Maps",
    found: [
      'error label /States/B/Label: "A" has the label "Rows" already: labels are unique in the whole machine. Rename one.',
    ],
    refusedBy: [],
    definition: jsonata({
      A: distributed({ C: pass() }, { Label: "Rows", Next: "B" }),
      B: distributed({ D: pass() }, { Label: "Rows" }),
    }),
  },
  {
    what: "a job in an EXPRESS child",
    found: [
      'error express /States/A/ItemProcessor/States/B/Resource: waits for a job or an answer, which the EXPRESS children of "A" can\'t. Make them STANDARD.',
    ],
    refusedBy: [],
    definition: express(task({ Resource: "arn:aws:states:::glue:startJobRun.sync", TimeoutSeconds: 60 })),
  },
  {
    what: "an activity in an EXPRESS child",
    found: [
      "error express /States/A/ItemProcessor/States/B/Resource: waits for an activity's worker, which the EXPRESS children of \"A\" can't. Make them STANDARD.",
    ],
    refusedBy: [],
    definition: express(task({ Resource: "arn:aws:states:us-east-1:123456789012:activity:Paint" })),
  },
  {
    what: "a distributed Map in an EXPRESS child, but not what its own children do",
    found: [
      'error express /States/A/ItemProcessor/States/B/ItemProcessor: runs executions of its own, which the EXPRESS children of "A" can\'t. Make them STANDARD.',
    ],
    refusedBy: [],
    definition: express(distributed({ C: { Type: "Wait", Seconds: 400, End: true } })),
  },
  {
    what: "a Wait in a branch of an EXPRESS child that outlasts it",
    found: [
      'error express /States/A/ItemProcessor/States/B/ItemProcessor/States/C/Seconds: waits 400 s, and the EXPRESS children of "A" end after 300. Make them STANDARD.',
    ],
    refusedBy: [],
    definition: express(map({ C: { Type: "Wait", Seconds: 400, End: true } }, { Items: [1] })),
  },
  {
    what: "a timeout in an EXPRESS child that it never comes to",
    found: [
      'warning express /States/A/ItemProcessor/States/B/TimeoutSeconds: TimeoutSeconds is 301, but the EXPRESS children of "A" end after 300 s: lower it, or make them STANDARD',
    ],
    refusedBy: [],
    definition: express(task({ TimeoutSeconds: 301 })),
  },
  {
    what: "a distributed Map that does not say what its children are",
    found: [
      'error missing-field /States/A/ItemProcessor/ProcessorConfig: the field "ExecutionType" is missing: say whether children are STANDARD or EXPRESS',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: map({ B: pass() }, {}, { Mode: "DISTRIBUTED" }) }),
  },
  {
    what: "children of an inline Map",
    found: [
      'error distributed-only /States/A/ItemProcessor/ProcessorConfig/ExecutionType: only a distributed Map has "ExecutionType": set "Mode": "DISTRIBUTED" beside it, or leave it out',
    ],
    refusedBy: [],
    definition: jsonata({ A: map({ B: pass() }, {}, { Mode: "INLINE", ExecutionType: "EXPRESS" }) }),
  },
  {
    what: "items that S3 does not give",
    found: [
      'error unknown-integration /States/A/ItemReader/Resource: items are not read by "arn:aws:states:::s3:getItem": write arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2',
    ],
    refusedBy: [],
    definition: jsonata({
      A: map(
        { B: pass() },
        { ItemReader: { Resource: "arn:aws:states:::s3:getItem", Arguments: { Bucket: "b", Key: "k" } } },
        { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      ),
    }),
  },
];
