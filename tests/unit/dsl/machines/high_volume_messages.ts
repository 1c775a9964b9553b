/**
 * Decodes a queue's message, makes statistics of it, removes its special characters and splits it into words: four small
 * functions in a row, for many messages.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sample-project-express-high-volume-sqs.html
 */
import * as z from "zod";
import { workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow("high_volume_messages", { input: z.object({ body: z.string() }) }, (flow, { body }) => {
  const decoded = flow.lambda("Base64Decode", { body }, ({ body: encoded }) =>
    Buffer.from(encoded, "base64").toString("utf8"),
  );
  const statistics = flow.lambda("GenerateStatistics", { decoded }, ({ decoded: text }) => ({
    characters: text.length,
    words: text.split(/\s+/).filter((word) => word !== "").length,
  }));
  const clean = flow.lambda("RemoveSpecialChars", { decoded }, ({ decoded: text }) => text.replaceAll(/[^\w\s]/g, ""));
  const words = flow.lambda("TokenizeAndCount", { clean }, ({ clean: text }) => {
    const counts: Record<string, number> = {};
    for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) counts[word] = (counts[word] ?? 0) + 1;
    return counts;
  });
  return { statistics, words };
});

const encoded = (text: string): { body: string } => ({ body: Buffer.from(text).toString("base64") });

export const highVolumeMessages = example(machine, {
  "counts the words of a message": {
    input: encoded("To be, or not to be!"),
    output: { statistics: { characters: 20, words: 6 }, words: { to: 2, be: 2, or: 1, not: 1 } },
    states: ["Base64Decode", "GenerateStatistics", "RemoveSpecialChars", "TokenizeAndCount"],
  },
  "counts nothing in an empty one": {
    input: encoded(""),
    output: { statistics: { characters: 0, words: 0 }, words: {} },
  },
});
