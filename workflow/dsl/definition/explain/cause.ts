/** What the cause of a failed Task tells. Services put JSON in it, each of its own form; others a text. */
import * as z from "zod";
import { parseFrame } from "../../bundle/call_site.ts";
import type { CallSite } from "../../bundle/types.ts";
import type { HistoryEvent } from "../history/events.ts";
import { fieldsOf, listOf, textOf, type Fields } from "../machine.ts";
import { shortened } from "../readable.ts";
import type { Look } from "./explanation.ts";

/** Characters of a message. */
const longest = 300;

const json = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .catch(undefined);

/** What a text says if it is a JSON object; no members otherwise. */
const read = (text: unknown): Fields => fieldsOf(json.parse(text));

/** What the cause says for people, on one line. */
export function messageOf(cause: string | undefined): string | undefined {
  const message = wordsIn(read(cause)) ?? cause;
  const line = message?.replaceAll(/\s+/g, " ").trim();
  return line === undefined || line === "" ? undefined : shortened(line, longest);
}

/** Lambda's errorMessage, Glue's ErrorMessage, a nested execution's Cause, ECS's StoppedReason, Batch's StatusReason. */
function wordsIn(cause: Fields): string | undefined {
  const { Status: status } = fieldsOf(cause.QueryExecution);
  const words = [
    cause.errorMessage,
    cause.ErrorMessage,
    cause.StoppedReason,
    cause.StatusReason,
    fieldsOf(status).StateChangeReason,
  ];
  const inner = textOf(cause.Cause);
  return words.map(textOf).find((each) => each !== undefined && each !== "") ?? (inner && messageOf(inner));
}

/** Where AWS Lambda unpacks a function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const taskRoot = "/var/task/";
const runtime = "/var/runtime/";

/**
 * The innermost line of a Lambda's own code in the trace of its error; packages and Lambda's runtime are passed over, and
 * what the DSL puts around a handler has no file. With source maps it is a line of the sources, relative to their project.
 */
export function thrownAt(cause: string | undefined): CallSite | undefined {
  const { trace } = read(cause);
  const own = listOf(trace)
    .flatMap((line) => (typeof line === "string" ? (parseFrame(line) ?? []) : []))
    .find(({ file }) => !file.includes("node_modules") && !file.startsWith(runtime));
  return own === undefined ? undefined : { ...own, file: own.file.replace(taskRoot, "") };
}

/** Where more is to be found of a failure: `work` began what failed, such as `TaskScheduled`. */
export function looksAt(work: HistoryEvent | undefined, cause: string | undefined): Look[] {
  const { mapRunArn, resource, parameters, resourceType } = work?.details ?? {};
  const told = read(cause);
  const name =
    work?.type === "LambdaFunctionScheduled" ? resource : resourceType === "lambda" && read(parameters).FunctionName;
  const { QueryExecutionId: query } = fieldsOf(told.QueryExecution);
  const found: (Look | undefined)[] = [
    typeof mapRunArn === "string" ? { kind: "map-run", arn: mapRunArn } : undefined,
    typeof name === "string" ? { kind: "lambda", function: functionName(name) } : undefined,
    typeof told.JobName === "string" && typeof told.Id === "string"
      ? { kind: "glue", job: told.JobName, run: told.Id }
      : undefined,
    typeof query === "string" ? { kind: "athena", query } : undefined,
    typeof told.ExecutionArn === "string" ? { kind: "execution", arn: told.ExecutionArn } : undefined,
  ];
  return found.filter((each) => each !== undefined);
}

/** Of a name or an ARN, with a version or an alias or without. */
const functionName = (text: string): string => text.replace(/^.*:function:/, "").replace(/:.*$/, "");
