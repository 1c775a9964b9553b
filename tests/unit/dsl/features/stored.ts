/** S3 for the simulations of the rows. */
import { memoryObjects, type SimulationOptions } from "../../../../workflow/simulator/index.ts";

/** Objects by `bucket/key`. */
export const stored = (objects: Readonly<Record<string, string>>): SimulationOptions => ({
  objects: memoryObjects(objects),
});
