/** Requests and replies as JSON lines with a Python process (lakehouse_local/lines.py says how they look). */
import { createInterface } from "node:readline";
import * as z from "zod";
import { startChild, type ChildOptions } from "./child.ts";

/** The process refused a request, by name and for a reason that is meant for people. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly refusal: string;
  constructor(refusal: string, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

export interface LineProcess {
  /** Settles when the process told `ready`. */
  readonly ready: Promise<void>;
  /** @throws RefusedError, or Error with the end of the log if the process ends before it answers */
  request(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>;
  end(): Promise<void>;
}

const message = z.union([
  z.object({ id: z.number(), result: z.unknown() }).strict(),
  z.object({ id: z.number(), error: z.object({ name: z.string(), message: z.string() }) }).strict(),
  z.looseObject({ event: z.string() }),
]);
/** Something that the process told unasked. */
export type LineEvent = z.infer<(typeof message.options)[2]>;

interface Waiting {
  readonly settle: (result: unknown) => void;
  readonly fail: (error: Error) => void;
}

/**
 * @param name what people call it
 * @param onEvent told of every event but `ready`
 */
export function startLineProcess(
  name: string,
  options: Omit<ChildOptions, "logOutput">,
  onEvent: (event: LineEvent) => void = () => undefined,
): LineProcess {
  const child = startChild({ ...options, logOutput: false });
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let over: Error | undefined;
  const { promise: ready, resolve, reject } = Promise.withResolvers<undefined>();
  // Whoever waits for `ready` hears of a failure; nobody has to.
  ready.catch(() => undefined);

  createInterface({ input: child.stdout }).on("line", (line) => {
    const read = message.parse(JSON.parse(line));
    if ("event" in read) {
      if (read.event === "ready") resolve(undefined);
      else onEvent(read);
      return;
    }
    const { settle, fail } = waiting.get(read.id) ?? { settle: () => undefined, fail: () => undefined };
    waiting.delete(read.id);
    if ("error" in read) fail(new RefusedError(read.error.name, read.error.message));
    else settle(read.result);
  });

  void child.ended.then(async ({ code, signal }) => {
    over = new Error(`${name} ended (${signal ?? `code ${String(code)}`}). Its log says:\n${await child.logTail()}`);
    reject(over);
    for (const { fail } of waiting.values()) fail(over);
    waiting.clear();
  });

  return {
    ready,
    request(method, params) {
      if (over !== undefined) return Promise.reject(over);
      return new Promise((settle, fail) => {
        const id = next++;
        waiting.set(id, { settle, fail });
        child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
      });
    },
    end: () => child.end(),
  };
}
