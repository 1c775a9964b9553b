/** S3 for the simulations of the rows. */
import type { SimulationOptions } from "../../../../workflow/simulator/index.ts";

/** Objects by `bucket/key`. */
export const stored = (objects: Readonly<Record<string, string>>): SimulationOptions => ({
  itemReader: ({ bucket, key }) => Promise.resolve(objects[`${bucket}/${key}`] ?? ""),
});

/** Names of the rows whose programs the simulator refuses. */
export const notYet: ReadonlySet<string> = new Set([
  "Map.ItemReader.Arguments, a list of objects",
  "Map.ItemReader.ReaderConfig.InputType, `PARQUET`",
  "Map.ItemReader.ReaderConfig.InputType, `MANIFEST`",
  "Map.ItemReader.ReaderConfig.Transformation",
  "Map.ItemReader.ReaderConfig.CSVHeaderLocation",
  "Map.ItemReader.ReaderConfig.CSVHeaders",
  "Map.ItemReader.ReaderConfig.CSVDelimiter",
  "Map.ResultWriter.Resource",
  "Map.ResultWriter.Arguments",
  "Map.ResultWriter.WriterConfig.Transformation",
  "Map.ResultWriter.WriterConfig.OutputType",
]);
