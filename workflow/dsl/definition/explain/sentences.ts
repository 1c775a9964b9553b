/** An explanation in words, for a terminal. */
import type { CallSite } from "../../bundle/types.ts";
import { duration } from "../readable.ts";
import type { Explanation, Failure, Look, Outcome, Place, Surrounding } from "./explanation.ts";

/** What an execution can leave is told in full as data; here a loop's hundredth failure says no more than the first ten. */
const most = 10;

/** @param name the machine's */
export function textOfExplanation(explanation: Explanation, name: string): string {
  const { failures, running, page } = explanation;
  const told = failures.slice(0, most).map((failure, index) => `\n${index + 1}. ${paragraph(failure)}`);
  const more = failures.length - told.length;
  return [
    `${headline(explanation, name)}\n`,
    ...told,
    ...(more > 0 ? [`\nand ${more} more failures\n`] : []),
    ...(running.length > 0 ? ["\nIt was in:\n", ...running.map((place) => `   ${inPlace(place)}\n`)] : []),
    ...(page ? [`\n${onPage}\n`] : []),
  ].join("");
}

/** The AWS CLI asks for all pages of itself: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html */
const onPage =
  "This is a page of the history and not the whole: what failed on others is not told. " +
  "`aws stepfunctions get-execution-history` without --max-items, --starting-token and --no-paginate prints all.";

const ends: Readonly<Record<Explanation["status"], string>> = {
  SUCCEEDED: "succeeded after",
  FAILED: "failed after",
  TIMED_OUT: "timed out after",
  ABORTED: "was stopped after",
  RUNNING: "has not ended in this history, which is of",
};

/** From a page's events, nobody can tell how long the whole took. */
const endsOnPage: Readonly<Record<Explanation["status"], string>> = {
  SUCCEEDED: "succeeded on this page of its history, which is of",
  FAILED: "failed on this page of its history, which is of",
  TIMED_OUT: "timed out on this page of its history, which is of",
  ABORTED: "was stopped on this page of its history, which is of",
  RUNNING: "has not ended on this page of its history, which is of",
};

function headline(explanation: Explanation, name: string): string {
  const { status, milliseconds, error, message, failures, page } = explanation;
  const what = [error, message].filter((each) => each !== undefined).join(": ");
  const end = page ? endsOnPage[status] : ends[status];
  const sentence = `The execution of ${name} ${end} ${duration(milliseconds)}${what === "" ? "." : `: ${what}`}`;
  if (status !== "SUCCEEDED" || page) return sentence;
  return failures.length === 0 ? `${sentence} Nothing failed on the way.` : `${sentence} What failed on the way:`;
}

function paragraph(failure: Failure): string {
  const { error, message, location, site, thrown, attempts, outcome, look } = failure;
  const lines = [
    ...(message === undefined ? [] : [message]),
    ...(location === undefined ? [] : [`in its ${location}`]),
    ...(site === undefined ? [] : [`step    ${lineOf(site)}`]),
    ...(thrown === undefined ? [] : [`thrown  ${lineOf(thrown)}`]),
    outcomeSentence(failure, outcome),
    ...look.map((each) => `more    ${commandFor(each)}`),
  ];
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  const often = outcome.kind === "retried" ? timesOf(outcome.times) : tries;
  const head = `${failure.state}${inside(failure.within)} failed${often}${error === undefined ? "" : `: ${error}`}`;
  return [head, ...lines.map((line) => `   ${line}`)].map((line) => `${line}\n`).join("");
}

const timesOf = (times: number): string => (times === 1 ? "" : ` ${times} times, last`);

/** `file:line:column` can be clicked in terminals and editors. */
const lineOf = ({ file, line, column }: CallSite): string => `${file}:${line}:${column}`;

const inPlace = ({ state, site, within }: Place): string =>
  `${state}${inside(within)}${site === undefined ? "" : `  ${lineOf(site)}`}`;

/** The innermost first. */
const inside = (within: readonly Surrounding[]): string =>
  within.length === 0 ? "" : ` in ${within.toReversed().map(surrounding).join(" of ")}`;

/** Step Functions' console counts branches and iterations from 0, too. */
function surrounding({ state, branch, iteration }: Surrounding): string {
  if (branch !== undefined) return `branch #${branch} of ${state}`;
  return iteration === undefined ? state : `iteration #${iteration} of ${state}`;
}

function outcomeSentence({ state }: Failure, outcome: Outcome): string {
  switch (outcome.kind) {
    case "ended the execution":
      return "That ended the execution.";
    case "retried":
      return `It was done again by ${outcome.by === "redrive" ? "a redrive" : "its Retry"}${outcome.succeeded ? ", and succeeded" : ""}.`;
    case "survived":
      return `${outcome.by} went on all the same.`;
    case "caught": {
      const catcher = `Catch${outcome.rule === undefined ? "" : `[${outcome.rule}]`}`;
      const errors = outcome.errors === undefined ? "" : ` (${outcome.errors.join(", ")})`;
      const whose = outcome.by === state ? "Its" : `${outcome.by}'s`;
      const next = outcome.next === undefined ? "" : `, and ${outcome.next} came next`;
      return `${whose} ${catcher}${errors} took it${next}.`;
    }
  }
}

/** Of the AWS CLI: https://docs.aws.amazon.com/cli/latest/reference/ */
function commandFor(look: Look): string {
  switch (look.kind) {
    case "lambda":
      return `aws logs tail /aws/lambda/${look.function}`;
    case "glue":
      return `aws glue get-job-run --job-name ${look.job} --run-id ${look.run}`;
    case "athena":
      return `aws athena get-query-execution --query-execution-id ${look.query}`;
    case "execution":
      return `aws stepfunctions get-execution-history --execution-arn ${look.arn}`;
    case "map-run":
      return `aws stepfunctions list-executions --map-run-arn ${look.arn} --status-filter FAILED`;
  }
}
