/** A failed run in words: which state broke, why, and what to do. */
import { GetExecutionHistoryCommand, SFNClient, type HistoryEvent } from "@aws-sdk/client-sfn";

const sfn = new SFNClient({});

/** An error as Step Functions hands it to a catcher. */
export interface CaughtError {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

/** The state that the newest failure event belongs to: the last one entered before it, along the chain of previous events. */
export function failedState(newestFirst: readonly HistoryEvent[]): string | undefined {
  const failure = newestFirst.find(({ type }) => /(Failed|TimedOut)$/.test(type ?? ""));
  let event = failure;
  while (event !== undefined && event.stateEnteredEventDetails === undefined) {
    const { previousEventId } = event;
    event = newestFirst.find(({ id }) => id === previousEventId);
  }
  return event?.stateEnteredEventDetails?.name;
}

/** Asks Step Functions which state of the execution failed last; it sees the newest thousand events. */
export async function lastFailedState(executionArn: string): Promise<string> {
  const { events } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1000, includeExecutionData: false }),
  );
  return failedState(events ?? []) ?? "unknown";
}

/** The message within a cause: Glue and Lambda put it into a JSON object, others give it as it is. */
export function causeText(cause: string | undefined): string {
  if (cause === undefined || cause === "") return "no cause was given";
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === "object" && parsed !== null) {
      const { errorMessage, ErrorMessage }: { errorMessage?: unknown; ErrorMessage?: unknown } = parsed;
      const message = errorMessage ?? ErrorMessage;
      if (typeof message === "string") return message;
    }
  } catch {
    // not JSON: the text itself is the cause
  }
  return cause;
}
