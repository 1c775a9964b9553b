/** The first line of what the compiler says of a mistake: it alone has to say what is wrong. */
import { expect } from "chai";
import { checkTypes } from "./check_types.ts";
import { mistakes } from "./mistakes.ts";

const head = [
  'import { PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";',
  'import { CreateCrawlerCommand, GetCrawlerCommand } from "@aws-sdk/client-glue";',
  'import * as z from "zod";',
  'import * as dsl from "../../../workflow/dsl/index.ts";',
  'import type { SdkCommand } from "../../../workflow/dsl/sdk.ts";',
  "const { add, AnyError, at, eq, fetchHttp, gt, invoke, invokeModel, itemsOf, publish, runActivity, runExecution, sdk, sendMessage, startJobRun, text } = dsl;",
  "const kinds = z.discriminatedUnion('kind', [",
  "  z.object({ kind: z.literal('parcel'), weight: z.number() }),",
  "  z.object({ kind: z.literal('letter'), stamped: z.boolean() }),",
  "]);",
  "const input = z.object({",
  "  key: z.string(), count: z.number(), size: z.number().optional(), mode: z.enum(['a', 'b']), post: kinds,",
  "  files: z.array(z.object({ key: z.string(), size: z.number().optional() })), note: z.string().optional(),",
  "  more: z.array(z.string()).optional(),",
  "});",
  "const resources = {",
  "  child: dsl.stateMachine<{ id: string; note?: string }, { found: number }>(), queue: dsl.sqsQueue(), topic: dsl.snsTopic(),",
  "  job: dsl.glueJob(), function: dsl.lambdaFunction(), desk: dsl.activity(), model: dsl.bedrockModel(),",
  "  api: dsl.httpConnection(),",
  "};",
  // As the SDK writes unions: each kind may have the members of the others, as what can't be.
  "type Kinds = { S: string; N: string; L: Attribute[]; M: Record<string, Attribute>; $unknown: [string, unknown] };",
  "type Kind<K extends keyof Kinds> = Pick<Kinds, K> & { [Other in Exclude<keyof Kinds, K>]?: never };",
  "interface Text extends Kind<'S'> {} interface Numeral extends Kind<'N'> {} interface List extends Kind<'L'> {}",
  "interface Members extends Kind<'M'> {} interface Other extends Kind<'$unknown'> {}",
  "type Attribute = Text | Numeral | List | Members | Other;",
  "interface PutItem { TableName: string | undefined; Item: Record<string, Attribute> | undefined }",
  "declare const PutItemCommand: SdkCommand<PutItem, {}>;",
  "dsl.workflow('made', { input, resources }, (flow, run, aws) => {",
  "const asked = flow.callback('Asked', (token) => sendMessage(aws.queue, { token }), {",
  "  answer: z.object({ approved: z.boolean() }),",
  "});",
  "sdk(PutItemCommand, { TableName: 't', Item: { id: { S: run.key }, all: { M: { n: { N: text`${run.count}` } } } } }, '*');",
];

describe("the compiler's first line", () => {
  const says = new Map<number, string[]>();
  before(function () {
    this.timeout(120_000);
    const lines = [...head, ...Object.values(mistakes).map(([line]) => line), "return AnyError;", "});"];
    for (const { line, message } of checkTypes(lines).complaints) says.set(line, [...(says.get(line) ?? []), message]);
  });

  for (const [index, [what, [, part]]] of Object.entries(mistakes).entries()) {
    it(`tells of ${what}`, () => {
      const [first = "nothing"] = says.get(head.length + index + 1) ?? [];
      expect(first.includes(part), first).to.be.true;
    });
  }

  it("is of the mistakes alone", () => {
    const elsewhere = [...says].filter(
      ([line]) => line <= head.length || line > head.length + Object.keys(mistakes).length,
    );
    expect(elsewhere).to.deep.equal([]);
  });
});
