/** Steps of a single state without a block. */
import type { Flow } from "../flow.ts";
import { isReference, referenceTo } from "../reference.ts";
import { ended, mark, type Writer } from "../writer.ts";

export const letValue =
  (writer: Writer): Flow["let"] =>
  (name, value, { comment, accept } = {}) => {
    const at = mark(name);
    const result = writer.binding(name, at.site);
    writer.add({ kind: "pass", ...at, value, result, comment, accept });
    return referenceTo(result);
  };

export const wait =
  (writer: Writer): Flow["wait"] =>
  (name, pause, { comment, accept } = {}) => {
    const at = mark(name);
    const until = typeof pause === "object" && !isReference(pause) ? pause.until : undefined;
    const field = until === undefined ? ("Seconds" as const) : ("Timestamp" as const);
    writer.add({ kind: "wait", ...at, field, value: until ?? pause, comment, accept });
  };

export const succeed =
  (writer: Writer): Flow["succeed"] =>
  (name, output, { comment, accept } = {}) => {
    writer.add({ kind: "succeed", ...mark(name), output, comment, accept });
    return ended;
  };

export const fail =
  (writer: Writer): Flow["fail"] =>
  (name, reason, { comment, accept } = {}) => {
    writer.add({ kind: "fail", ...mark(name), error: reason.error, cause: reason.cause, comment, accept });
    return ended;
  };
