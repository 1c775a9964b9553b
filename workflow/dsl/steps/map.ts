/** The same steps for each item: within the execution, or in executions of their own. */
import type { Flow } from "../flow.ts";
import { retriesOf } from "../given.ts";
import type { ResultWriter } from "../options.ts";
import { referenceTo } from "../reference.ts";
import { allow, type Statement } from "../statement.ts";
import type { DistributedMapNode, ItemSource } from "../tree.ts";
import type { Writer } from "../writer.ts";

export const map =
  (writer: Writer): Flow["map"] =>
  (name, items, { maxConcurrency, retry, comment, accept }, body) => {
    const at = writer.mark(name);
    const result = writer.binding(at);
    const scope = writer.inner();
    const item = { ...writer.binding(at, "Item"), scope };
    const index = { ...writer.binding(at, "Index"), scope };
    const block = writer.block(at, (flow) => body(flow, referenceTo(item), referenceTo(index)), scope);
    writer.add({
      kind: "map",
      ...at,
      items,
      maxConcurrency,
      item,
      index,
      block,
      result,
      retry: retriesOf(retry),
      comment,
      accept,
    });
    return referenceTo(result);
  };

/**
 * What running the children needs: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html. A
 * child's ARN is the machine's with the Map's label after a slash, which that page's `:*` doesn't cover. Redriving the
 * execution redrives STANDARD children, and starts EXPRESS ones anew:
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html#maprun-iam-permission
 */
const runPermissions = (executions: string, type: DistributedMapNode["executionType"]): Statement[] => [
  allow(["states:StartExecution"], "${machine.arn}"),
  allow(["states:DescribeExecution", "states:StopExecution"], `${executions}:*`, `${executions}/*`),
  ...(type === "STANDARD" ? [allow(["states:RedriveExecution"], `${executions}/*`)] : []),
];

const writePermissions = (results: ResultWriter | undefined): Statement[] =>
  results === undefined
    ? []
    : [
        allow(
          ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
          results.bucket.objects(`${results.prefix}/*`),
        ),
      ];

const sourcePermissions = (source: ItemSource): readonly Statement[] =>
  source.from === "s3" ? source.permissions : [];

const writerOf = ({ bucket, prefix, transformation, outputType }: ResultWriter) => ({
  arguments: { Bucket: bucket.name, Prefix: prefix },
  config: {
    ...(transformation === undefined ? {} : { Transformation: transformation }),
    ...(outputType === undefined ? {} : { OutputType: outputType }),
  },
});

export const distributedMap =
  (writer: Writer): Flow["distributedMap"] =>
  (name, { source }, options, body) => {
    const at = writer.mark(name);
    const { maxConcurrency, tolerated = {}, executionType = "STANDARD", label, results, batch, retry } = options;
    const result = writer.binding(at);
    const scope = writer.inner(true);
    const input = { ...at, state: at.name, text: "$states.context.Execution.Input", scope };
    const items = { ...input, text: `${input.text}.${batch === undefined ? "Item" : "Items"}` };
    writer.add({
      kind: "distributed-map",
      ...at,
      source,
      batch: batch && { items: batch.items, bytes: batch.bytes },
      maxConcurrency,
      tolerated: { count: tolerated.count, percentage: tolerated.percentage },
      executionType,
      label,
      writer: results && writerOf(results),
      input: items,
      block: writer.block(at, (flow) => body(flow, referenceTo(items)), scope),
      result,
      retry: retriesOf(retry),
      permissions: [
        ...runPermissions("${machine.executionsArn}", executionType),
        ...sourcePermissions(source),
        ...writePermissions(results),
      ],
      comment: options.comment,
      accept: options.accept,
    });
    return referenceTo(result);
  };
