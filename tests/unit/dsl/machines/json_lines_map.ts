/**
 * Rates the products of a file of JSON lines, a batch an execution; a few that fail are left out.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
import * as z from "zod";
import { jsonLines, length, s3Bucket, text, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

interface Product {
  readonly sku: string;
  readonly stars: number[];
}
class NoStars extends Error {
  override readonly name = "NoStars";
}

const machine = workflow(
  "json_lines_map",
  { input: z.object({ day: z.string() }), resources: { data: s3Bucket() } },
  (flow, { day }, aws) => {
    const rated = flow.distributedMap(
      "EachBatch",
      jsonLines<Product>({ bucket: aws.data, key: text`products/${day}.jsonl`, keys: "products/*" }),
      { maxConcurrency: 100, batch: { items: 2 }, tolerated: { percentage: 50 }, label: "rate" },
      (flow, products) =>
        flow.lambda("Rate", { products, day }, ({ products: all, day: on }) =>
          all.map(({ sku, stars }) => {
            if (stars.length === 0) throw new NoStars(sku);
            return `${sku}@${on}: ${stars.reduce((sum, each) => sum + each, 0) / stars.length}`;
          }),
        ),
    );
    return length(rated);
  },
);

const lines = (...products: Product[]): Record<string, string> => ({
  "${data.name}/products/2025-04-01.jsonl": products.map((each) => JSON.stringify(each)).join("\n"),
});
const good = (sku: string): Product => ({ sku, stars: [1, 4] });
const bad: Product = { sku: "bad", stars: [] };

export const jsonLinesMap = example(machine, {
  "rates all": {
    input: { day: "2025-04-01" },
    objects: lines(good("a"), good("b"), good("c")),
    output: 2,
  },
  "tolerates a batch that fails": {
    input: { day: "2025-04-01" },
    objects: lines(good("a"), good("b"), good("c"), bad),
    output: 2,
  },
  "fails where more than half fail": {
    input: { day: "2025-04-01" },
    objects: lines(bad, bad, bad),
    error: "States.ExceedToleratedFailureThreshold",
  },
});
