/** Expressions whose value the field can't take: of the wrong type, or out of range. */
import { branch, machine, task } from "../machines.ts";
import { docs, type Fact } from "./fact.ts";

const source = docs("transforming-data");
const keep = branch({ Keep: { Type: "Pass", End: true } });
const children = branch(
  { Keep: { Type: "Pass", End: true } },
  { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
);

function refused(fact: string, state: object, location: string): Fact {
  return {
    fact,
    source,
    definition: machine({ Only: { ...state, End: true } }),
    tasks: { Only: [{ returns: 1 }] },
    status: "FAILED",
    error: "States.QueryEvaluationError",
    location,
    states: ["Only"],
    seconds: 0,
  };
}

const map = (fields: object, processor: object = keep): object => ({
  Type: "Map",
  Items: [1],
  ItemProcessor: processor,
  ...fields,
});

export const fieldValues: readonly Fact[] = [
  refused("Seconds can't be text", { Type: "Wait", Seconds: "{% '5' %}" }, "Seconds"),
  refused("Seconds can't be negative", { Type: "Wait", Seconds: "{% -1 %}" }, "Seconds"),
  refused("Seconds can't be a fraction", { Type: "Wait", Seconds: "{% 1.5 %}" }, "Seconds"),
  refused("Seconds can't be null", { Type: "Wait", Seconds: "{% null %}" }, "Seconds"),
  refused("A Timestamp can't be a number", { Type: "Wait", Timestamp: "{% 1735689600 %}" }, "Timestamp"),
  refused("TimeoutSeconds can't be text", task({ TimeoutSeconds: "{% 'soon' %}" }), "TimeoutSeconds"),
  refused("TimeoutSeconds can't be zero", task({ TimeoutSeconds: "{% 0 %}" }), "TimeoutSeconds"),
  refused("HeartbeatSeconds can't be negative", task({ HeartbeatSeconds: "{% -5 %}" }), "HeartbeatSeconds"),
  refused("MaxConcurrency can't be negative", map({ MaxConcurrency: "{% -1 %}" }), "MaxConcurrency"),
  refused("MaxConcurrency can't be text", map({ MaxConcurrency: "{% '2' %}" }), "MaxConcurrency"),
  refused("MaxConcurrency can't be an object", map({ MaxConcurrency: "{% {} %}" }), "MaxConcurrency"),
  refused(
    "ToleratedFailureCount can't be negative",
    map({ ToleratedFailureCount: "{% -1 %}" }, children),
    "ToleratedFailureCount",
  ),
  refused(
    "ToleratedFailurePercentage can't be more than 100",
    map({ ToleratedFailurePercentage: "{% 100.1 %}" }, children),
    "ToleratedFailurePercentage",
  ),
  refused(
    "ToleratedFailurePercentage can't be negative",
    map({ ToleratedFailurePercentage: "{% -0.5 %}" }, children),
    "ToleratedFailurePercentage",
  ),
];
