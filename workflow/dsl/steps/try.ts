/** Steps whose errors are caught, or which are tried again as a whole. */
import type { CaughtError, Flow, Try } from "../flow.ts";
import type { Ref } from "../ref.ts";
import { referenceTo } from "../reference.ts";
import type { Handler } from "../tree.ts";
import { mark, type Writer } from "../writer.ts";

export const tryCatch =
  (writer: Writer): Flow["try"] =>
  <A>(name: string, body: (flow: Flow) => A, options: Parameters<Flow["try"]>[2] = {}): Try<A> => {
    const at = mark(name);
    const { retry = [], comment, accept } = options;
    const block = writer.block(at, body);
    writer.bench.openTries.add(at);
    const handlerOf = <E extends string>(
      handlers: readonly Handler[],
      errors: readonly E[],
      write: (flow: Flow, error: Ref<CaughtError<E>>) => unknown,
    ): Handler => {
      const scope = writer.inner();
      const suffix = handlers.length === 0 ? "Error" : `Error${handlers.length + 1}`;
      const error = { ...writer.binding(name, at.site, `${name}${suffix}`), scope };
      return { errors, error, block: writer.block(at, (flow) => write(flow, referenceTo(error)), scope) };
    };
    const caught = <T>(handlers: readonly Handler[]): Try<T> => ({
      on: (errors, write) => caught([...handlers, handlerOf(handlers, errors, write)]),
      catch: (errors, write) => {
        writer.bench.openTries.delete(at);
        const result = writer.binding(name, at.site);
        const all = [...handlers, handlerOf(handlers, errors, write)];
        writer.add({ kind: "try", ...at, body: block, retry, handlers: all, result, comment, accept });
        return referenceTo(result);
      },
    });
    return caught([]);
  };
