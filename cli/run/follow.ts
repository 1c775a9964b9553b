/** Progress as lines on a terminal; a pipe gets none, so that logs hold results only. */
import type { OnProgress, Progress } from "../../local/progress.ts";

const seconds = (value: number): string => `${value.toFixed(1)} s`;

const parts: Readonly<Record<string, string>> = {
  emulator: "AWS emulator",
  athena: "Athena (DuckDB)",
  program: "Pulumi program",
  spark: "Spark",
};

/** The line for an event; none for those that say nothing new. */
export function line(event: Progress): string | undefined {
  switch (event.kind) {
    case "starting":
      return undefined;
    case "started":
      return `${parts[event.part] ?? event.part} is up (${seconds(event.seconds)})`;
    case "execution":
      return `execution ${event.name}: ${event.status}${event.status === "RUNNING" ? "" : ` (${seconds(event.seconds)})`}`;
    case "state":
      return `  ${event.name}`;
    case "job":
      return event.state === "WAITING"
        ? undefined
        : `    job ${event.job}: ${event.state}${event.state === "RUNNING" ? "" : ` (${seconds(event.seconds)})`}${event.message === undefined ? "" : `: ${event.message}`}`;
    case "crawler":
      return event.state === "READY" ? `    crawler ${event.crawler}: ${event.tables} tables` : undefined;
    case "alert":
      return `    alert: ${event.subject}`;
    case "warning":
      return `warning: ${event.message}`;
  }
}

/** Writes a line of progress to stderr, if that is a terminal. */
export function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
}

/** Tells what the run time does. */
export const follow: OnProgress = (event) => {
  const text = line(event);
  if (text !== undefined) tell(text);
};
