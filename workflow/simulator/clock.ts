/**
 * Time as an argument. The virtual clock jumps to the next thing that is due as soon as no branch has work left,
 * so hours of waiting take milliseconds and concurrent branches still happen in the order of their times.
 */
import { Interruption, SimulationError } from "./errors.ts";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves at that time; rejects with the signal's reason once it is aborted. An infinite time never comes. */
  sleepUntil(time: number, signal: AbortSignal): Promise<void>;
  /** Runs a branch: while it works, virtual time stands still. */
  branch<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for other branches: meanwhile virtual time may go on. */
  join<T>(others: Promise<T>): Promise<T>;
}

export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Interruption("stopped");
}

interface Timer {
  readonly due: number;
  readonly wake: () => void;
  readonly refuse: (error: Error) => void;
}

/** A clock that stands at `start` (milliseconds since 1970) and moves only by jumps. */
export function virtualClock(start: number): Clock {
  let now = start;
  let busy = 0;
  const timers: Timer[] = [];

  function settle(): void {
    // A macrotask: by then every promise that could make a branch busy again has been followed.
    setImmediate(() => {
      if (busy > 0) return;
      const next = timers.shift();
      if (next === undefined) return;
      busy += 1;
      if (next.due === Infinity) {
        next.refuse(new SimulationError("Nothing is left to happen: a task waits for ever and has no TimeoutSeconds."));
      } else {
        now = Math.max(now, next.due);
        next.wake();
      }
      settle();
    });
  }

  function rest(): void {
    busy -= 1;
    if (busy <= 0) settle();
  }

  return {
    now: () => now,
    sleepUntil: (due, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) {
          reject(abortReason(signal));
          return;
        }
        if (due <= now) {
          resolve();
          return;
        }
        const abort = (): void => {
          timers.splice(timers.indexOf(timer), 1);
          busy += 1;
          reject(abortReason(signal));
        };
        const timer: Timer = {
          due,
          wake: () => {
            signal.removeEventListener("abort", abort);
            resolve();
          },
          refuse: (error) => {
            signal.removeEventListener("abort", abort);
            reject(error);
          },
        };
        signal.addEventListener("abort", abort, { once: true });
        const later = timers.findIndex((other) => other.due > due);
        timers.splice(later === -1 ? timers.length : later, 0, timer);
        rest();
      }),
    branch: async (work) => {
      busy += 1;
      try {
        return await work();
      } finally {
        rest();
      }
    },
    join: async (others) => {
      rest();
      try {
        return await others;
      } finally {
        busy += 1;
      }
    },
  };
}

// setTimeout fires at once for anything above 2^31 - 1 ms (24.8 days).
const longestTimer = 2 ** 31 - 1;

/** The machine's own time. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleepUntil: (due, signal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) {
        reject(abortReason(signal));
        return;
      }
      let timer: NodeJS.Timeout | undefined;
      const abort = (): void => {
        clearTimeout(timer);
        reject(abortReason(signal));
      };
      const tick = (): void => {
        const left = due - Date.now();
        if (left > 0) {
          timer = setTimeout(tick, Math.min(left, longestTimer));
          return;
        }
        signal.removeEventListener("abort", abort);
        resolve();
      };
      signal.addEventListener("abort", abort, { once: true });
      tick();
    }),
  branch: (work) => work(),
  join: (others) => others,
};
