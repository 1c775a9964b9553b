/** Definitions that say something twice. */
import type { Broken } from "./broken.ts";
import { jsonPath, map, pass, task } from "../machines.ts";

export const twice: readonly Broken[] = [
  {
    what: "a timeout and its path",
    found: [
      'error exclusive-fields /States/A/TimeoutSecondsPath: it has both "TimeoutSeconds" and "TimeoutSecondsPath", and may have one of them: keep one',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonPath({ A: task({ TimeoutSeconds: 5, TimeoutSecondsPath: "$.timeout" }) }),
  },
  {
    what: "a bound of a batch and its path",
    found: [
      'error exclusive-fields /States/A/ItemBatcher/MaxItemsPerBatchPath: it has both "MaxItemsPerBatch" and "MaxItemsPerBatchPath", and may have one of them: keep one',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonPath({
      A: map(
        { B: pass() },
        { ItemBatcher: { MaxItemsPerBatch: 5, MaxItemsPerBatchPath: "$.size" } },
        { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      ),
    }),
  },
  {
    what: "a parameter and its path",
    found: [
      'error exclusive-fields /States/A/Parameters/list/0/a.$: it has both "a" and "a.$", and may have one of them: keep one',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonPath({ A: pass({ Parameters: { list: [{ a: 1, "a.$": "$.a" }] } }) }),
  },
  {
    what: "a Map's two names of its processor",
    found: [
      'error exclusive-fields /States/A/Iterator: it has both "ItemProcessor" and "Iterator", and may have one of them: keep one',
    ],
    refusedBy: ["asl-validator"],
    definition: jsonPath({ A: map({ B: pass() }, { Iterator: { StartAt: "C", States: { C: pass() } } }) }),
  },
];
