/** Definitions that Step Functions takes, among them what a careless check would refuse. */
import { choice, jsonata, jsonPath, map, parallel, part, pass, task, to, type Fields } from "./machines.ts";

export interface Valid {
  readonly what: string;
  readonly definition: object;
  /** What is worth a look in it all the same: `code pointer`. */
  readonly warnings?: readonly string[];
  /** Public validators that refuse it: their known false alarms. */
  readonly refusedBy?: readonly string[];
}

const output = (expression: string): Fields => pass({ Output: `{% ${expression} %}` });
const assigning = (...names: readonly string[]): Fields => ({
  Assign: Object.fromEntries(names.map((name) => [name, 1])),
});
const distributed = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
const caught = (next: string, more: Fields = {}): Fields => ({
  Catch: [{ ErrorEquals: ["States.ALL"], Next: next, ...more }],
});

const expressions: readonly Valid[] = [
  { what: "$exists of a variable that no state assigns", definition: jsonata({ A: output("$exists($x) ? $x : 1") }) },
  {
    what: "a value that is tested before it is given",
    definition: jsonata({ A: output("$states.input.a ? $states.input.a : 1") }),
  },
  { what: "a variable of the expression's own", definition: jsonata({ A: output("($x := 1; $x + 1)") }) },
  {
    what: "functions that call each other",
    definition: jsonata({
      A: output("($a := function($n) { $n = 0 or $b($n - 1) }; $b := function($n) { $n > 0 and $a($n - 1) }; $a(4))"),
    }),
  },
  {
    what: "names and $ in a step of a path",
    definition: jsonata({ A: output("$states.input.list[size > 1].{'a': name, 'b': $}") }),
  },
  {
    what: "bound steps and indexes",
    definition: jsonata({ A: output("$states.input.list@$l#$i[$i > 0].{'a': $l.b}") }),
  },
  { what: "a function as a value", definition: jsonata({ A: output("$map($states.input.list, $uppercase)") }) },
  {
    what: "functions of Step Functions",
    definition: jsonata({
      A: output("[$partition([1], 1), $range(1, 3, 1), $hash('a', 'MD5'), $uuid(), $parse('1')]"),
    }),
  },
  {
    what: "an expression over lines",
    definition: jsonata({ A: output("\n  $states.input.a\n  + 1\n") }),
    refusedBy: ["asl-validator"],
  },
  {
    what: "braces within a text",
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: pass({ Output: "from {% to %} there" }) }),
  },
  {
    what: "JSONPath's signs as plain text",
    definition: jsonata({ A: pass({ Output: { "a.$": "$.b", c: "States.Format('{}')" } }) }),
  },
  {
    what: "a transform",
    definition: jsonata({ A: output("$states.input ~> |items|{'price': price * 2}, ['secret']|") }),
  },
  { what: "a sort and a group", definition: jsonata({ A: output("$states.input.list^(>size){kind: $sum(size)}") }) },
];

const variables: readonly Valid[] = [
  {
    what: "an outer variable in a branch",
    definition: jsonata({ A: to("B", assigning("x")), B: parallel([{ C: output("$x") }]) }),
  },
  {
    what: "one variable in two branches",
    definition: jsonata({ A: parallel([{ B: pass(assigning("x")) }, { C: pass(assigning("x")) }]) }),
  },
  {
    what: "an inner variable that the outer machine assigns later",
    definition: jsonata({
      A: parallel([{ B: pass(assigning("x")) }], { Next: "C", ...caught("C", assigning("x")) }),
      C: pass(),
    }),
  },
  {
    what: "a distributed Map's variable of an outer one's name",
    definition: jsonata({
      A: to("B", assigning("x")),
      B: map({ C: to("D", assigning("x")), D: output("$x") }, { Items: [1] }, distributed),
    }),
  },
  {
    what: "a variable that both ways assign",
    definition: jsonata({
      A: choice("{% $states.input.a %}", "B", "C"),
      B: to("D", assigning("x")),
      C: to("D", assigning("x")),
      D: output("$x"),
    }),
  },
  {
    what: "a variable that the catcher assigns, too",
    definition: jsonata({ A: task({ Next: "B", ...assigning("x"), ...caught("B", assigning("x")) }), B: output("$x") }),
  },
  {
    what: "a variable of the state's in a loop",
    definition: jsonata({
      A: to("B", { Assign: { n: 0, all: [] } }),
      B: task({ Next: "C", Assign: { n: "{% $n + 1 %}", all: "{% $append($all, $states.result) %}" } }),
      C: choice("{% $n < 10 %}", "B", "D"),
      D: output("$all"),
    }),
  },
  {
    what: "a variable's name in another alphabet",
    definition: jsonata({ A: to("B", { Assign: { größe_1: 1 } }), B: output("$größe_1") }),
  },
  {
    what: "a variable of a JSONPath state in JSONata",
    definition: jsonPath({
      A: to("B", { Assign: { "x.$": "$.a" } }),
      B: pass({ QueryLanguage: "JSONata", Output: "{% $x %}" }),
    }),
  },
];

const tasks: readonly Valid[] = [
  {
    what: "a task with everything",
    definition: jsonata({
      A: task({
        Arguments: { FunctionName: "f", Payload: "{% $states.input %}" },
        TimeoutSeconds: "{% $states.input.timeout %}",
        HeartbeatSeconds: 30,
        Credentials: { RoleArn: "arn:aws:iam::123456789012:role/Other" },
        Retry: [
          {
            ErrorEquals: ["Lambda.TooManyRequestsException", "States.Timeout"],
            IntervalSeconds: 2,
            MaxAttempts: 0,
            BackoffRate: 1.5,
            MaxDelaySeconds: 60,
            JitterStrategy: "FULL",
          },
          { ErrorEquals: ["States.ALL"] },
        ],
        Catch: [
          { ErrorEquals: ["States.TaskFailed"], Output: "{% $states.errorOutput.Cause %}", Next: "B" },
          { ErrorEquals: ["States.ALL"], Next: "B" },
        ],
        Assign: { x: "{% $states.result.Payload %}" },
        Output: "{% $states.result.Payload %}",
        Comment: "{% no expression %}",
      }),
      B: { Type: "Fail", Error: "{% $states.input.a %}", Cause: "broken" },
    }),
  },
  {
    what: "a job that ends",
    definition: jsonata({ A: task({ Resource: "arn:aws:states:::states:startExecution.sync:2", TimeoutSeconds: 60 }) }),
  },
  {
    what: "a callback's token in a part of a text",
    definition: jsonata({
      A: task({
        Resource: "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
        Arguments: { MessageBody: "{% $string({'token': $states.context.Task.Token}) %}" },
        HeartbeatSeconds: 60,
      }),
    }),
  },
  {
    what: "a callback that gets the whole context",
    definition: jsonata({
      A: task({
        Resource: "arn:aws:states:::sns:publish.waitForTaskToken",
        Arguments: { Message: "{% $states.context %}" },
        TimeoutSeconds: 9,
      }),
    }),
  },
  {
    what: "resources that are put in at deployment",
    definition: jsonata({
      A: task({ Resource: "${FunctionArn}", Next: "B" }),
      B: task({ Resource: "arn:${AWS::Partition}:states:::sqs:sendMessage", Next: "C" }),
      C: task({ Resource: "arn:aws:lambda:${AWS::Region}:123456789012:function:${Name}" }),
    }),
    refusedBy: ["asl-validator"],
  },
  {
    what: "a partition of its own",
    definition: jsonata({ A: task({ Resource: "arn:aws-cn:states:::dynamodb:getItem" }) }),
  },
  {
    what: "an error of the machine's own with the prefix",
    definition: jsonata({
      A: parallel([{ B: { Type: "Fail", Error: "States.Enough" } }], {
        Catch: [{ ErrorEquals: ["States.Enough"], Next: "C" }],
      }),
      C: pass(),
    }),
  },
];

const machines: readonly Valid[] = [
  {
    what: "a Wait until a time",
    definition: jsonata({ A: { Type: "Wait", Timestamp: "2030-01-31T09:00:00.5+01:00", End: true } }),
  },
  {
    what: "a Wait for no time",
    refusedBy: ["asl-validator"],
    definition: jsonata({ A: { Type: "Wait", Seconds: 0, Next: "B" }, B: { Type: "Succeed", Output: 1 } }),
  },
  {
    what: "a distributed Map with everything",
    definition: jsonata({
      A: map(
        { B: task() },
        {
          ItemReader: {
            Resource: "arn:aws:states:::s3:getObject",
            ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", MaxItems: 100 },
            Arguments: { Bucket: "b", Key: "{% $states.input.key %}" },
          },
          ItemSelector: { item: "{% $states.context.Map.Item.Value %}" },
          ItemBatcher: {
            MaxItemsPerBatch: 10,
            MaxInputBytesPerBatch: 262_144,
            BatchInput: { day: "{% $states.input.day %}" },
          },
          ResultWriter: {
            Resource: "arn:aws:states:::s3:putObject",
            Arguments: { Bucket: "b", Prefix: "p" },
            WriterConfig: { OutputType: "JSONL", Transformation: "COMPACT" },
          },
          MaxConcurrency: 1_000,
          ToleratedFailureCount: "{% $states.input.tolerated %}",
          ToleratedFailurePercentage: 12.5,
          Label: "Rows",
          Output: "{% $states.result %}",
        },
        distributed,
      ),
    }),
    refusedBy: ["asl-validator", "amazon-states-language-service"],
  },
  {
    what: "an inline Map without a mode",
    definition: jsonata({
      A: { Type: "Map", Items: "{% $states.input.a %}", ItemProcessor: part({ B: pass() }), End: true },
    }),
  },
  {
    what: "a loop that the clock ends",
    definition: jsonata({
      A: task({ Next: "B" }),
      B: choice("{% $millis() < $states.input.until %}", "A", "C"),
      C: pass(),
    }),
  },
  {
    what: "a loop that counts in its input",
    definition: jsonata({
      A: to("B", { Output: { n: "{% $states.input.n + 1 %}" } }),
      B: choice("{% $states.input.n < 10 %}", "A", "C"),
      C: pass(),
    }),
  },
  {
    what: "a loop in a machine with a timeout",
    definition: jsonata(
      { A: task({ Next: "B" }), B: choice("{% $states.input.done %}", "C", "A"), C: pass() },
      { TimeoutSeconds: 3_600 },
    ),
  },
  {
    what: "values that deployment puts in",
    refusedBy: ["asl-validator", "amazon-states-language-service"],
    definition: jsonata(
      {
        A: map(
          { B: task({ TimeoutSeconds: "${TaskTimeout}", HeartbeatSeconds: "${Heartbeat}", Retry: "${Retry}" }) },
          { MaxConcurrency: "${Concurrency}", Items: "${Items}", ToleratedFailureCount: "${Count}", Next: "C" },
          { Mode: "${Mode}", ExecutionType: "${Kind}" },
        ),
        C: task({
          Retry: [
            { ErrorEquals: ["${Error}"], IntervalSeconds: "${I}", MaxAttempts: "${M}", BackoffRate: "${B}" },
            { ErrorEquals: "${Errors}", MaxDelaySeconds: "${D}", JitterStrategy: "${J}" },
          ],
          Next: "D",
        }),
        D: { Type: "Wait", Seconds: "${AWS::StackName}", Next: "E" },
        E: { Type: "Wait", Seconds: "{% ${Seconds} + 1 %}", Next: "F" },
        F: { Type: "Wait", Timestamp: "${Day}T00:00:00Z", Next: "G" },
        G: choice("${Condition}", "${First}", "${Second}"),
        H: pass(),
      },
      { TimeoutSeconds: "${Timeout}" },
    ),
  },
  { what: "names with signs of JSON pointers", definition: jsonata({ "a/b~c": to("${x}"), "${x}": pass() }) },
];

/** Written after what AWS's developer guide tells of its examples. */
const jsonPaths: readonly Valid[] = [
  {
    what: "a Lambda by its ARN",
    refusedBy: ["asl-validator"],
    definition: jsonPath({
      A: task({
        Resource: "arn:aws:lambda:REGION:ACCOUNT:function:Hello",
        ResultPath: "$.greeting",
        InputPath: null,
        OutputPath: "$",
      }),
    }),
  },
  {
    what: "an activity",
    definition: jsonPath({
      A: task({
        Resource: "arn:aws:states:us-east-1:123456789012:activity:Paint",
        TimeoutSecondsPath: "$.timeout",
        HeartbeatSecondsPath: "$.beat",
      }),
    }),
  },
  {
    what: "a poller of jobs",
    definition: jsonPath({
      Submit: task({ ResultPath: "$.id", Next: "Wait" }),
      Wait: { Type: "Wait", SecondsPath: "$.seconds", Next: "Ask" },
      Ask: task({ InputPath: "$.id", ResultPath: "$.status", Next: "Done?" }),
      "Done?": {
        Type: "Choice",
        Choices: [
          { Variable: "$.status", StringEquals: "FAILED", Next: "Failed" },
          {
            And: [{ Variable: "$.status", IsPresent: true }, { Not: { Variable: "$.status", StringMatches: "RUN*" } }],
            Next: "Done",
          },
        ],
        Default: "Wait",
      },
      Failed: { Type: "Fail", ErrorPath: "$.status", CausePath: "$.cause" },
      Done: { Type: "Succeed", InputPath: "$.status" },
    }),
    warnings: ["unbounded-loop /States/Wait"],
  },
  {
    what: "a loop that counts with an intrinsic function",
    definition: jsonPath({
      Set: to("Step", { Result: { count: 0 } }),
      Step: to("More?", { Parameters: { "count.$": "States.MathAdd($.count, 1)" } }),
      "More?": {
        Type: "Choice",
        Choices: [{ Variable: "$.count", NumericLessThan: 3, Next: "Step" }],
        Default: "Done",
      },
      Done: pass(),
    }),
  },
  {
    what: "a Map with its older fields",
    definition: jsonPath({
      Each: {
        Type: "Map",
        ItemsPath: "$.items",
        MaxConcurrency: 0,
        Parameters: { "item.$": "$$.Map.Item.Value" },
        Iterator: part({ B: pass() }),
        ResultSelector: { "a.$": "$" },
        ResultPath: "$.all",
        End: true,
      },
    }),
  },
  {
    what: "a callback by JSONPath",
    definition: jsonPath({
      A: task({
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { MessageBody: { "token.$": "$$.Task.Token" } },
        TimeoutSeconds: 60,
      }),
    }),
  },
  {
    what: "a Parallel whose catcher keeps its error",
    definition: jsonPath({
      A: parallel([{ B: pass({ Result: [1] }) }, { C: pass({ Parameters: { "a.$": "States.Format('{}', $.b)" } }) }], {
        Next: "D",
        ResultSelector: { "b.$": "$[0]" },
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "D" }],
      }),
      D: pass(),
    }),
  },
  {
    what: "a JSONata state in a JSONPath machine",
    definition: jsonPath(
      { A: to("B"), B: pass({ QueryLanguage: "JSONata", Output: "{% $states.input.a %}" }) },
      { QueryLanguage: "JSONPath" },
    ),
  },
  { what: "an expression's braces in JSONPath", definition: jsonPath({ A: pass({ Result: "{% not + read %}" }) }) },
];

export const valid: readonly Valid[] = [...expressions, ...variables, ...tasks, ...machines, ...jsonPaths];
