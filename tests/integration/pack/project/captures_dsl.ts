/** A Lambda that can't be: it takes the DSL itself along. */
import { seconds, workflow } from "ecommerce-lakehouse/workflow";
import * as z from "zod";

export const capturesDsl = workflow("captures", { input: z.object({}) }, (flow) =>
  flow.lambda("Pause", {}, () => ({ pause: seconds(5) })),
);
