/** What a state does, in a few words under its name. */
import { expressionIn, fieldsOf, textOf, type State } from "../machine.ts";
import { readable, shortened } from "../readable.ts";

const longest = 40;

/** Undefined where there is no more to say than the state's name and shape. */
export function detailOf(state: State): string | undefined {
  const words = wordsOf(state);
  return words === undefined ? undefined : shortened(words, longest);
}

function wordsOf({ type, fields }: State): string | undefined {
  switch (type) {
    case "Task":
      return integration(textOf(fields.Resource));
    case "Wait":
      return waiting(fields);
    case "Fail":
      return textOf(fields.Error) === undefined ? undefined : plain(fields.Error);
    case "Parallel":
      return "Parallel";
    case "Map":
      return fieldsOf(fieldsOf(fields.ItemProcessor).ProcessorConfig).Mode === "DISTRIBUTED"
        ? "Map, distributed"
        : "Map";
    case undefined:
    default:
      return undefined;
  }
}

const plain = (value: unknown): string =>
  expressionIn(value) === undefined ? (textOf(value) ?? JSON.stringify(value)) : readable(value);

/** `arn:aws:states:::glue:startJobRun.sync` → `glue:startJobRun.sync`; of a Lambda's own ARN its name. */
function integration(resource: string | undefined): string | undefined {
  const parts = resource?.split(":");
  return parts === undefined || parts.length < 7
    ? resource
    : parts
        .slice(parts[2] === "states" ? 5 : 6)
        .join(":")
        .replace(/^:/, "");
}

function waiting({
  Seconds: seconds,
  Timestamp: timestamp,
  SecondsPath: secondsPath,
  TimestampPath: timestampPath,
}: State["fields"]): string | undefined {
  const length = seconds ?? secondsPath;
  if (length !== undefined) return `${plain(length)} s`;
  const until = timestamp ?? timestampPath;
  return until === undefined ? undefined : `until ${plain(until)}`;
}
