/** Map, distributed: where its items come from, and where its results go. */
import * as z from "zod";
import {
  csvRows,
  inventory,
  type Items,
  itemsUnder,
  jsonItems,
  jsonLines,
  objectsIn,
  parquetRows,
  type Ref,
  type Resources,
  s3Bucket,
  text,
  workflow,
} from "../../../../workflow/dsl/index.ts";
import type { Json } from "../../../../workflow/simulator/index.ts";
import type { Row } from "./row.ts";
import { stored } from "./stored.ts";

const input = z.object({ run: z.string(), most: z.number() });
const given = { run: "r1", most: 2 };
const resources = { data: s3Bucket(), out: s3Bucket() };
type Write = (run: Ref<z.infer<typeof input>>, aws: Resources<typeof resources>) => Items<unknown>;

/** A program that gathers the items. */
const gather = (write: Write): Row["program"] =>
  workflow("gather", { input, resources }, (flow, run, aws) =>
    flow.distributedMap("Each", write(run, aws), { maxConcurrency: 1 }, (flow, item) => flow.let("Item", item)),
  );
const key = "runs/r1.data";
const keys = "runs/*";
const gathers = (body: string, output: Json): Row["cases"] => [
  { given: { input: given, ...stored({ [`\${data.name}/${key}`]: body }) }, ends: { output } },
];

const json = gather((run, aws) =>
  jsonItems({ bucket: aws.data, key: text`runs/${run.run}.data`, keys, pointer: "/found", maxItems: run.most }),
);
const found = gathers('{"found": [{"n": 1}, {"n": 2}, {"n": 3}]}', [{ n: 1 }, { n: 2 }]);
const lines = gather((_, aws) => jsonLines({ bucket: aws.data, key, maxItems: 1 }));

const headed = gather((_, aws) => csvRows({ bucket: aws.data, key, columns: ["id", "name"] }));
const bare = gather((_, aws) =>
  csvRows({ bucket: aws.data, key, columns: ["id", "name"], header: false, delimiter: "PIPE" }),
);
const rows = [{ id: "1", name: "Ada" }];

const listed = workflow("listed", { input, resources }, (flow, _, aws) =>
  flow.distributedMap(
    "Each",
    objectsIn({ bucket: aws.data, prefix: "runs/" }),
    { maxConcurrency: 1 },
    (_, object) => object.Key,
  ),
);
const loaded = gather((_, aws) => itemsUnder({ bucket: aws.data, prefix: "runs/", format: "JSONL" }));
const inventoried = workflow("inventoried", { input, resources }, (flow, _, aws) => {
  const manifest = inventory({ bucket: aws.data, key: "runs/manifest.json", keys, fields: ["Bucket", "Key"] });
  return flow.distributedMap("Each", manifest, { maxConcurrency: 1 }, (_, object) => object.Key);
});
const manifest = JSON.stringify({
  destinationBucket: "arn:aws:s3:::${data.name}",
  fileFormat: "CSV",
  fileSchema: "Bucket, Key",
  files: [{ key: "runs/list.csv" }],
});
// The simulator reads no Parquet.
const parquet = gather((_, aws) => parquetRows({ bucket: aws.data, key }));

const reader = (
  name: string,
  here: string,
  program: Row["program"],
  values: readonly unknown[],
  cases: Row["cases"],
): Row => ({
  field: `Map.ItemReader.${name}`,
  here,
  program,
  values,
  cases,
});
const getObject = "arn:aws:states:::s3:getObject";

export const mapReaderRows: readonly Row[] = [
  reader(
    "Resource",
    "`s3:getObject` for an object in S3, `s3:listObjectsV2` for `objectsIn` and `itemsUnder`",
    json,
    [getObject],
    found,
  ),
  reader(
    "Arguments",
    "`{ bucket, key }`; for a key that only the machine knows, `keys` says which it can be, for the permissions",
    json,
    [{ Bucket: "${data.name}", Key: '{% "runs/" & $states.context.Execution.Input.run & ".data" %}' }],
    found,
  ),
  {
    ...reader(
      "Arguments",
      "`objectsIn({ bucket, prefix, maxItems })`: the block is given each object's key, size …",
      listed,
      [{ Bucket: "${data.name}", Prefix: "runs/" }],
      gathers("x", [key]),
    ),
    of: "a list of objects",
  },
  reader(
    "ReaderConfig.InputType",
    "by the function: `jsonItems`, `jsonLines`, `csvRows`, `parquetRows`, `inventory`",
    json,
    ["JSON"],
    found,
  ),
  {
    ...reader(
      "ReaderConfig.InputType",
      "`jsonLines(object)`",
      lines,
      ["JSONL"],
      gathers('{"n": 1}\n{"n": 2}\n', [{ n: 1 }]),
    ),
    of: "`JSONL`",
  },
  {
    ...reader("ReaderConfig.InputType", "`parquetRows<T>(object)`", parquet, ["PARQUET"], []),
    of: "`PARQUET`",
  },
  {
    ...reader(
      "ReaderConfig.InputType",
      "`inventory({ bucket, key, keys, fields })`, of S3 Inventory",
      inventoried,
      ["MANIFEST"],
      [
        {
          given: {
            input: given,
            ...stored({
              "${data.name}/runs/manifest.json": manifest,
              "${data.name}/runs/list.csv": '"b","k1"\n"b","k2"\n',
            }),
          },
          ends: { output: ["k1", "k2"] },
        },
      ],
    ),
    of: "`MANIFEST`",
  },
  reader(
    "ReaderConfig.ManifestType",
    "never written: `inventory` needs none, and what Athena unloads under a prefix is read by `itemsUnder`",
    inventoried,
    [],
    [],
  ),
  reader(
    "ReaderConfig.Transformation",
    "`itemsUnder<T>({ bucket, prefix, format })`: what is in all objects under a prefix",
    loaded,
    ["LOAD_AND_FLATTEN"],
    gathers('{"n": 1}\n{"n": 2}\n', [{ n: 1 }, { n: 2 }]),
  ),
  reader("ReaderConfig.ItemsPointer", "`jsonItems({ …, pointer })`, a JSON Pointer", json, ["/found"], found),
  reader(
    "ReaderConfig.MaxItems",
    "`{ maxItems }`, a number or a reference",
    json,
    ["{% $states.context.Execution.Input.most %}"],
    found,
  ),
  reader(
    "ReaderConfig.CSVHeaderLocation",
    "`csvRows({ …, header })`",
    headed,
    ["FIRST_ROW"],
    gathers("id,name\n1,Ada\n", rows),
  ),
  reader(
    "ReaderConfig.CSVHeaders",
    "`csvRows({ …, header: false, columns })`",
    bare,
    [["id", "name"]],
    gathers("1|Ada\n", rows),
  ),
  reader("ReaderConfig.CSVDelimiter", "`csvRows({ …, delimiter })`", bare, ["PIPE"], gathers("1|Ada\n", rows)),
];
