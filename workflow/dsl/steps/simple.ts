/** Steps of a single state without a block. */
import type { Flow } from "../flow.ts";
import { isReference, referenceTo } from "../reference.ts";
import { ended, type Writer } from "../writer.ts";

export const letValue =
  (writer: Writer): Flow["let"] =>
  (name, value, { comment, accept } = {}) => {
    const at = writer.mark(name);
    const result = writer.binding(at);
    writer.add({ kind: "pass", ...at, value, result, comment, accept });
    return referenceTo(result);
  };

export const wait =
  (writer: Writer): Flow["wait"] =>
  (name, pause, { comment, accept } = {}) => {
    const at = writer.mark(name);
    const until = typeof pause === "object" && !isReference(pause) ? pause.until : undefined;
    const field = until === undefined ? ("Seconds" as const) : ("Timestamp" as const);
    writer.add({ kind: "wait", ...at, field, value: until ?? pause, comment, accept });
  };

export const succeed =
  (writer: Writer): Flow["succeed"] =>
  (name, output, { comment, accept } = {}) => {
    writer.add({ kind: "succeed", ...writer.mark(name), output, comment, accept });
    return ended;
  };

export const fail =
  (writer: Writer): Flow["fail"] =>
  (name, reason, { comment, accept } = {}) => {
    writer.add({ kind: "fail", ...writer.mark(name), error: reason.error, cause: reason.cause, comment, accept });
    return ended;
  };
