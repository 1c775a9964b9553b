/** Branches side by side. */
import type { Flow } from "../flow.ts";
import { retriesOf } from "../given.ts";
import { referenceTo } from "../reference.ts";
import type { Writer } from "../writer.ts";

export const parallel =
  (writer: Writer): Flow["parallel"] =>
  (name, branches, { retry, comment, accept } = {}) => {
    const at = writer.mark(name);
    const result = writer.binding(at);
    const blocks = Object.entries<(flow: Flow) => unknown>(branches).map(
      ([key, write]) => [key, writer.block(at, write)] as const,
    );
    writer.add({
      kind: "parallel",
      ...at,
      branches: Object.fromEntries(blocks),
      result,
      retry: retriesOf(retry),
      comment,
      accept,
    });
    return referenceTo(result);
  };
