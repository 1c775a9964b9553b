/** Steps whose errors are caught, or which are tried again as a whole. */
import type { CaughtError, Flow, Try } from "../flow.ts";
import { errorsOf, retriesOf } from "../given.ts";
import type { Ref } from "../ref.ts";
import { referenceTo } from "../reference.ts";
import type { Handler, TryNode } from "../tree.ts";
import type { Writer } from "../writer.ts";

export const tryCatch =
  (writer: Writer): Flow["try"] =>
  <A>(name: string, body: (flow: Flow) => A, options: Parameters<Flow["try"]>[2] = {}): Try<A> => {
    const at = writer.mark(name);
    const { openTries } = writer.bench;
    const { retry, comment, accept } = options;
    const block = writer.block(at, body);
    const result = writer.binding(at);
    const step: TryNode = {
      kind: "try",
      ...at,
      body: block,
      retry: retriesOf(retry),
      handlers: [],
      result,
      comment,
      accept,
    };
    const replace = writer.add(step);
    const handlerOf = <E extends string>(
      handlers: readonly Handler[],
      errors: readonly E[],
      write: (flow: Flow, error: Ref<CaughtError<E>>) => unknown,
    ): Handler => {
      const scope = writer.inner();
      const suffix = handlers.length === 0 ? "Error" : `Error${handlers.length + 1}`;
      const error = { ...writer.binding(at, suffix), scope };
      return {
        errors: errorsOf(errors),
        error,
        block: writer.block(at, (flow) => write(flow, referenceTo(error)), scope),
      };
    };
    const caught = <T>(handlers: readonly Handler[]): Try<T> => {
      const open: Try<T> = {
        on: (errors, write) => {
          openTries.delete(open);
          return caught([...handlers, handlerOf(handlers, errors, write)]);
        },
        catch: (errors, write) => {
          openTries.delete(open);
          replace({ ...step, handlers: [...handlers, handlerOf(handlers, errors, write)] });
          return referenceTo(result);
        },
      };
      openTries.set(open, at);
      return open;
    };
    return caught([]);
  };
