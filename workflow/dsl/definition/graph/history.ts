/** Events of GetExecutionHistory, from the API, the AWS CLI's output or a simulation, as far as a picture needs them. */
import * as z from "zod";

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly type: string;
  /** The state that is entered or left. */
  readonly state: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** What was given as a history is none. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/** The SDK gives a Date, the AWS CLI ISO 8601 (version 2) or seconds (version 1). */
const time = z.union([
  z.date().transform((date) => date.getTime()),
  z.number().transform((seconds) => seconds * 1000),
  z
    .string()
    .transform((text) => Date.parse(text))
    .pipe(z.number()),
]);
const named = z.looseObject({ name: z.string() }).optional();
const failure = z.looseObject({ error: z.string().optional(), cause: z.string().optional() });

const event = z
  .looseObject({
    id: z.number().int(),
    previousEventId: z.number().int().default(0),
    timestamp: time,
    type: z.string(),
    stateEnteredEventDetails: named,
    stateExitedEventDetails: named,
  })
  .transform((fields): HistoryEvent => {
    const { id, previousEventId, timestamp, type, stateEnteredEventDetails, stateExitedEventDetails } = fields;
    const failures = Object.entries(fields).flatMap(([name, value]) =>
      name.endsWith("EventDetails") ? [failure.safeParse(value).data] : [],
    );
    const failed = failures.find((each) => each?.error !== undefined);
    const state = (stateEnteredEventDetails ?? stateExitedEventDetails)?.name;
    return { id, previousEventId, time: timestamp, type, state, error: failed?.error, cause: failed?.cause };
  });
const history = z.union([z.array(event), z.object({ events: z.array(event) }).transform(({ events }) => events)]);

/**
 * The events in the order of their ids, from an array of them or an object with `events`.
 * @throws HistoryError if the document is neither
 */
export function historyOf(document: unknown): HistoryEvent[] {
  const { data, error } = history.safeParse(document);
  if (error !== undefined) {
    throw new HistoryError(
      "this is no history of an execution: it should be what `aws stepfunctions get-execution-history` prints, " +
        `an object with "events", each with id, type and timestamp (${z.prettifyError(error).replaceAll(/\s+/g, " ")})`,
    );
  }
  return data.toSorted((one, other) => one.id - other.id);
}
