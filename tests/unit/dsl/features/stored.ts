/** S3 for the simulations of the rows, and what of it the simulator can't do yet. */
import type { SimulationOptions } from "../../../../workflow/simulator/index.ts";

/** Objects by `bucket/key`. */
export const stored = (objects: Readonly<Record<string, string>>): SimulationOptions => ({
  itemReader: ({ bucket, key }) => Promise.resolve(objects[`${bucket}/${key}`] ?? ""),
});
