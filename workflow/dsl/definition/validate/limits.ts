/** Whether numbers are ones that Step Functions takes. */
import { expressionIn, fieldsOf, listOf, type Fields } from "../machine.ts";
import { hasPlaceholder, isPlaceholder } from "../placeholder.ts";
import type { PlacedState } from "./definition.ts";
import { error, inMachine, inState, warning, type Finding, type Place, type Rule } from "./finding.ts";

/** A number's range. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly fractions?: boolean;
  /** Whether an expression may give it, in JSONata. */
  readonly expression?: boolean;
}
/** By the fields' names. */
type Ranges = Readonly<Record<string, Range>>;

/** https://states-language.net/#timeouts */
const longest = 99_999_999;
/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
const longestDelay = 31_622_399;
/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html: a child's input. */
const largestBatch = 262_144;

const seconds: Range = { from: 1, to: longest, expression: true };
const count: Range = { from: 0, to: longest, expression: true };

const ofStates: Ranges = {
  TimeoutSeconds: seconds,
  HeartbeatSeconds: seconds,
  Seconds: { ...count },
  MaxConcurrency: count,
  ToleratedFailureCount: count,
  ToleratedFailurePercentage: { from: 0, to: 100, fractions: true, expression: true },
};
const ofRetriers: Ranges = {
  IntervalSeconds: { from: 1, to: longest },
  MaxAttempts: { from: 0, to: longest },
  BackoffRate: { from: 1, to: longest, fractions: true },
};
const ofBatcher: Ranges = {
  MaxItemsPerBatch: { ...seconds },
  MaxInputBytesPerBatch: { from: 1, to: largestBatch, expression: true },
};
const ofReaderConfig: Ranges = { MaxItems: seconds };

function fits(value: unknown, { from, to, fractions, expression }: Range): boolean {
  if (value === undefined || isPlaceholder(value)) return true;
  if (expression === true && expressionIn(value) !== undefined) return true;
  return typeof value === "number" && value >= from && value <= to && (fractions === true || Number.isInteger(value));
}

function outside(field: string, value: unknown, { from, to, fractions }: Range, place: Place): Finding {
  const what = fractions === true ? "a number" : "a whole number";
  // JSON has no NaN, but whoever makes a definition can.
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  return error("limit", place, `${field} is ${shown}: it has to be ${what} from ${from} to ${to}`);
}

const numbers = (fields: Fields, ranges: Ranges, place: (field: string) => Place): Finding[] =>
  Object.entries(ranges)
    .filter(([field, range]) => !fits(fields[field], range))
    .map(([field, range]) => outside(field, fields[field], range, place(field)));

function retriers(state: PlacedState): Finding[] {
  return listOf(state.fields.Retry).flatMap((each, index) => {
    const fields = fieldsOf(each);
    const place = (field: string): Place => inState(state, "Retry", index, field);
    // An interval that is not said is one second.
    const interval = typeof fields.IntervalSeconds === "number" ? fields.IntervalSeconds : 1;
    const strategy = fields.JitterStrategy;
    return [
      ...numbers(
        fields,
        { ...ofRetriers, MaxDelaySeconds: { from: Math.floor(interval) + 1, to: longestDelay } },
        place,
      ),
      ...(strategy === undefined || strategy === "FULL" || strategy === "NONE" || isPlaceholder(strategy)
        ? []
        : [
            error(
              "limit",
              place("JitterStrategy"),
              `JitterStrategy is ${JSON.stringify(strategy)}: it has to be "FULL" or "NONE"`,
            ),
          ]),
    ];
  });
}

/** https://datatracker.ietf.org/doc/html/rfc3339, with a capital T and an offset. */
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function moment(state: PlacedState): Finding[] {
  const { Timestamp: value } = state.fields;
  if (state.type !== "Wait" || typeof value !== "string") return [];
  if (expressionIn(value) !== undefined || hasPlaceholder(value)) return [];
  return timestamp.test(value) && !Number.isNaN(Date.parse(value))
    ? []
    : [
        error(
          "limit",
          inState(state, "Timestamp"),
          `Timestamp is ${JSON.stringify(value)}: it has to be a time such as 2030-01-31T09:00:00Z`,
        ),
      ];
}

export const numbersFit: Rule = ({ machines, states }) => [
  ...machines
    .filter(({ holder }) => holder === undefined)
    .flatMap((each) =>
      numbers(each.machine.fields, { TimeoutSeconds: { from: 1, to: longest } }, (field) => inMachine(each, field)),
    ),
  ...states.flatMap((state) => {
    const reader = fieldsOf(fieldsOf(state.fields.ItemReader).ReaderConfig);
    return [
      ...numbers(state.fields, ofStates, (field) => inState(state, field)),
      ...numbers(fieldsOf(state.fields.ItemBatcher), ofBatcher, (field) => inState(state, "ItemBatcher", field)),
      ...numbers(reader, ofReaderConfig, (field) => inState(state, "ItemReader", "ReaderConfig", field)),
      ...retriers(state),
      ...moment(state),
    ];
  }),
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html#concepts-map-process-modes; more is taken, and not done. */
const mostAtOnce = { inline: 40, distributed: 10_000 };

export const mapsRunSoManyAtOnce: Rule = ({ states }) =>
  states.flatMap((state) => {
    const { MaxConcurrency: most } = state.fields;
    const [processor] = state.machines;
    if (state.type !== "Map" || processor === undefined || typeof most !== "number") return [];
    const told = (message: string): Finding[] => [
      warning("concurrency", inState(state, "MaxConcurrency"), `MaxConcurrency is ${most}, but ${message}`),
    ];
    if (processor.ownExecution)
      return most > mostAtOnce.distributed
        ? told(`a distributed Map runs at most ${mostAtOnce.distributed} children at once: lower it`)
        : [];
    return most > mostAtOnce.inline
      ? told(`an inline Map runs at most ${mostAtOnce.inline} iterations at once: make the Map distributed for more`)
      : [];
  });
