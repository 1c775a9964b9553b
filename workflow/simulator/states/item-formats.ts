/** What an object that an ItemReader reads has in it: a JSON array, JSON lines or delimited text. */
import { z } from "zod";
import { parseCsv } from "../csv.ts";
import type { ReaderConfig } from "../definition/asl.ts";
import { StateFailure } from "../errors.ts";
import { isObject, jsonSchema, type Json } from "../json.ts";

/** The InputTypes that are items themselves. */
export type ItemFormat = "JSON" | "JSONL" | "CSV";

const delimiters: Readonly<Record<string, string>> = { COMMA: ",", PIPE: "|", SEMICOLON: ";", SPACE: " ", TAB: "\t" };

/** @throws {StateFailure} States.ItemReaderFailed if the text isn't what the format says */
export function readItems(content: string, format: ItemFormat, config: ReaderConfig): readonly Json[] {
  if (format === "CSV") return records(content, config);
  return format === "JSON" ? array(content, config.ItemsPointer) : lines(content);
}

export function readerFailure(cause: string): StateFailure {
  return new StateFailure("States.ItemReaderFailed", cause);
}

/** @throws {StateFailure} States.ItemReaderFailed */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw readerFailure(`The object isn't JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An ItemsPointer is a JSON Pointer (RFC 6901) to an array inside the document. */
function array(content: string, pointer = ""): readonly Json[] {
  const steps = pointer.split("/").slice(1);
  const found = steps.reduce(
    (value, step) => member(value, step.replaceAll("~1", "/").replaceAll("~0", "~")),
    parseJson(content),
  );
  const items = z.array(jsonSchema).safeParse(found);
  if (!items.success) throw readerFailure("Attempting to map over non-iterable node.");
  return items.data;
}

/** A step of a JSON Pointer: an object's key, or an array's index without leading zeros. */
function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? (value[Number(key)] as unknown) : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function lines(content: string): readonly Json[] {
  return content
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => jsonSchema.parse(parseJson(line)));
}

/** Values are text; a short row is filled up with empty ones, and what is beyond the header is left out. */
function records(content: string, config: ReaderConfig): readonly Json[] {
  const rows = parseCsv(content, delimiters[config.CSVDelimiter ?? "COMMA"]);
  const given = config.CSVHeaderLocation === "GIVEN";
  const header = (given ? config.CSVHeaders : rows[0]) ?? [];
  return (given ? rows : rows.slice(1)).map((row) =>
    Object.fromEntries(header.map((name, column) => [name, row[column] ?? ""])),
  );
}
