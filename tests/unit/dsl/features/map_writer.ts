/** Map, distributed: where its results go. */
import * as z from "zod";
import { itemsOf, s3Bucket, text, workflow } from "../../../../workflow/dsl/index.ts";
import type { Row } from "./row.ts";
import { stored } from "./stored.ts";

const input = z.object({ ids: z.array(z.number()), run: z.string() });

const plain = workflow("plain", { input, resources: { out: s3Bucket() } }, (flow, run, aws) => {
  const written = flow.distributedMap(
    "Each",
    itemsOf(run.ids),
    { maxConcurrency: 1, results: { bucket: aws.out, prefix: "results" } },
    (_, id) => ({ id }),
  );
  return written.ResultWriterDetails.Bucket;
});
const compact = workflow("compact", { input, resources: { out: s3Bucket() } }, (flow, run, aws) => {
  const results = { bucket: aws.out, prefix: "results", transformation: "COMPACT", outputType: "JSONL" } as const;
  const written = flow.distributedMap("Each", itemsOf(run.ids), { maxConcurrency: 1, results }, (_, id) => ({
    said: text`${run.run}${id}`,
  }));
  return written.ResultWriterDetails.Bucket;
});
const cases: Row["cases"] = [
  { given: { input: { ids: [1, 2], run: "r" }, ...stored({}) }, ends: { output: "${out.name}" } },
];

export const mapWriterRows: readonly Row[] = [
  {
    field: "Map.ResultWriter.Resource",
    here: "`{ results }`; the step then yields where its results are: `ResultWriterDetails.Bucket`, `.Key`",
    program: plain,
    values: ["arn:aws:states:::s3:putObject"],
    cases,
  },
  {
    field: "Map.ResultWriter.Arguments",
    here: "`{ results: { bucket, prefix } }`",
    program: plain,
    values: [{ Bucket: "${out.name}", Prefix: "results" }],
    cases,
  },
  {
    field: "Map.ResultWriter.WriterConfig.Transformation",
    here: "`{ results: { transformation } }`: `NONE`, `COMPACT` or `FLATTEN`",
    program: compact,
    values: ["COMPACT"],
    cases,
  },
  {
    field: "Map.ResultWriter.WriterConfig.OutputType",
    here: "`{ results: { outputType } }`: `JSON` or `JSONL`",
    program: compact,
    values: ["JSONL"],
    cases,
  },
];
