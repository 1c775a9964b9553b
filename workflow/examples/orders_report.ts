/** What the bucket report's Lambdas do: sum up files of orders, and sum up the sums. */
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";

/** By store: how many orders, and cents. */
export type Sums = Record<string, { orders: number; revenue: number }>;

const s3 = new S3Client({});

async function read(bucket: string, key: string): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await body?.transformToString()) ?? "";
}

export function addUp(all: readonly Sums[]): Sums {
  const sums: Sums = {};
  for (const [store, { orders, revenue }] of all.flatMap((each) => Object.entries(each))) {
    const sum = (sums[store] ??= { orders: 0, revenue: 0 });
    sum.orders += orders;
    sum.revenue += revenue;
  }
  return sums;
}

/**
 * A file has an order a line: `id,store,cents`, below a header.
 * @throws RangeError for a line that is no order
 */
export function sumsOf(csv: string): Sums {
  const [, ...lines] = csv.trim().split("\n");
  return addUp(
    lines.map((line) => {
      const [, store, cents] = line.split(",");
      if (store === undefined || !/^\d+$/.test(cents ?? "")) throw new RangeError(`"${line}" is no order`);
      return { [store]: { orders: 1, revenue: Number(cents) } };
    }),
  );
}

/** The sums of some files. */
export async function sumUp({ bucket, files }: { bucket: string; files: { Key: string }[] }): Promise<Sums> {
  return addUp(await Promise.all(files.map(async ({ Key }) => sumsOf(await read(bucket, Key)))));
}

const file = z.object({ Key: z.string() });
const resultManifest = z.object({ ResultFiles: z.object({ SUCCEEDED: z.array(file), FAILED: z.array(file) }) });
const sums = z.record(z.string(), z.object({ orders: z.number(), revenue: z.number() }));

interface Written {
  bucket: string;
  /** Of the Map's results. */
  manifest: string;
  /** Where the report goes. */
  report: string;
}

/** Adds up what the Map has written, and writes the report. */
export async function writeReport({
  bucket,
  manifest,
  report,
}: Written): Promise<{ stores: number; complete: boolean }> {
  const { ResultFiles: files } = resultManifest.parse(JSON.parse(await read(bucket, manifest)));
  const parts = await Promise.all(files.SUCCEEDED.map(async ({ Key }) => read(bucket, Key)));
  const lines = parts.flatMap((part) => part.trim().split("\n"));
  const total = addUp(lines.map((line) => sums.parse(JSON.parse(line))));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: report, Body: JSON.stringify(total) }));
  return { stores: Object.keys(total).length, complete: files.FAILED.length === 0 };
}
