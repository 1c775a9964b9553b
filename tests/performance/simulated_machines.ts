/** Machines to be simulated, each in JSONata and as its twin in JSONPath: the same states, the same output. */

export interface Twins {
  readonly title: string;
  readonly jsonata: object;
  readonly jsonpath: object;
  readonly input: object;
  /** States that an execution enters. */
  readonly entered: number;
}

/** Counts up in a Pass until a Choice has had enough. */
export function countingLoop(entered: number): Twins {
  // Start, then Choice and Pass a round, a last Choice, and the end.
  const rounds = Math.ceil((entered - 3) / 2);
  const start = { n: 0, limit: rounds };
  return {
    title: "a loop of Choice and Pass",
    entered: 2 * rounds + 3,
    input: start,
    jsonata: {
      QueryLanguage: "JSONata",
      StartAt: "Start",
      States: {
        Start: {
          Type: "Pass",
          Assign: { n: "{% $states.input.n %}", limit: "{% $states.input.limit %}" },
          Next: "More",
        },
        More: { Type: "Choice", Choices: [{ Condition: "{% $n < $limit %}", Next: "Count" }], Default: "Done" },
        Count: { Type: "Pass", Assign: { n: "{% $n + 1 %}" }, Output: {}, Next: "More" },
        Done: { Type: "Succeed", Output: "{% $n %}" },
      },
    },
    jsonpath: {
      StartAt: "Start",
      States: {
        Start: { Type: "Pass", Parameters: { "n.$": "$.n", "limit.$": "$.limit" }, Next: "More" },
        More: {
          Type: "Choice",
          Choices: [{ Variable: "$.n", NumericLessThanPath: "$.limit", Next: "Count" }],
          Default: "Done",
        },
        Count: {
          Type: "Pass",
          Parameters: { "n.$": "States.MathAdd($.n, 1)", "limit.$": "$.limit" },
          Next: "More",
        },
        Done: { Type: "Succeed", OutputPath: "$.n" },
      },
    },
  };
}

const resource = "arn:aws:lambda:us-east-1:123456789012:function:Double";

/** One for each definition: aws-local-stepfunctions writes into those that it is given. */
const double = (): object => ({ Type: "Task", Resource: resource, Next: "Wrap" });

/** Doubles each item in a Task, and wraps the result in a Pass. */
export function mapOver(items: number): Twins {
  return {
    title: `a Map over ${items} items with a Task and a Pass each`,
    entered: 2 * items + 1,
    input: { items: Array.from({ length: items }, (_, index) => ({ index })) },
    jsonata: {
      QueryLanguage: "JSONata",
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          Items: "{% $states.input.items %}",
          MaxConcurrency: 40,
          ItemProcessor: {
            ProcessorConfig: { Mode: "INLINE" },
            StartAt: "Double",
            States: { Double: double(), Wrap: { Type: "Pass", Output: { result: "{% $states.input %}" }, End: true } },
          },
          End: true,
        },
      },
    },
    jsonpath: {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemsPath: "$.items",
          MaxConcurrency: 40,
          ItemProcessor: {
            ProcessorConfig: { Mode: "INLINE" },
            StartAt: "Double",
            States: { Double: double(), Wrap: { Type: "Pass", Parameters: { "result.$": "$" }, End: true } },
          },
          End: true,
        },
      },
    },
  };
}
