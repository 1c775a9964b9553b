/** Events of GetExecutionHistory, from the API, the AWS CLI's output or a simulation. */
import * as z from "zod";
import { fieldsOf, textOf, type Fields } from "../machine.ts";

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
  /** What its type tells besides, such as the members of `taskScheduledEventDetails`. */
  readonly details: Fields;
}

/** What was given as a history is none, or none of the machine that it was given with. */
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
    const state = (stateEnteredEventDetails ?? stateExitedEventDetails)?.name;
    // An event has the details of its type alone; the SDK may have the others as undefined.
    const [, own] = Object.entries(fields).find(([name, value]) => name.endsWith("EventDetails") && value) ?? [];
    const details = fieldsOf(own);
    const { error, cause } = details;
    return { id, previousEventId, time: timestamp, type, state, error: textOf(error), cause: textOf(cause), details };
  });
const history = z.union([z.array(event), z.object({ events: z.array(event) }).transform(({ events }) => events)]);

/** Whether it is a part of a history only: the API gives a page its `nextToken`, the AWS CLI's --max-items `NextToken`. */
export function isPage(document: unknown): boolean {
  const { nextToken, NextToken } = fieldsOf(document);
  return (textOf(nextToken) ?? textOf(NextToken)) !== undefined || !historyOf(document).some(({ id }) => id === 1);
}

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
