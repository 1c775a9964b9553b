/** A run in words, for a person at a terminal. */
import { textTable } from "../table.ts";
import type { AuditedFile, RunDocument } from "./document.ts";

const heading = (title: string): string => `\n${title}\n${"─".repeat(title.length)}\n`;

const counted = (files: readonly AuditedFile[], status: AuditedFile["status"]): string[] => {
  const { length } = files.filter((file) => file.status === status);
  return length === 0 ? [] : [`${length} ${status}`];
};

function headline({ files, executions, seconds }: RunDocument): string {
  const states = (["archived", "skipped", "quarantined", "failed"] as const).flatMap((status) =>
    counted(files, status),
  );
  const runs = `${executions.length} ${executions.length === 1 ? "execution" : "executions"}`;
  return `${files.length} files in ${runs}, ${seconds} s: ${states.join(", ") || "nothing to do"}\n`;
}

const fileTable = (files: readonly AuditedFile[]): string =>
  textTable(
    ["file", "status", "rows", "loaded", "duplicate", "rejected", "pending"],
    files.map((file) => [
      file.key,
      file.status,
      file.rows_in,
      file.loaded,
      file.duplicate,
      file.rejected,
      file.pending,
    ]),
  );

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : heading(title) + lines.map((line) => `${line}\n`).join("");

/** @param command how the person calls this program, for the suggestions */
export function summary(document: RunDocument, command: string): string {
  const { files, tables, rejects, alerts } = document;
  const rules = Object.entries(rejects).flatMap(([dataset, broken]) =>
    Object.entries(broken).map(([rule, rows]) => [dataset, rule, rows] as const),
  );
  const troubled = files.filter(({ reason }) => reason !== null);
  const [firstRejects] = Object.keys(rejects);
  return [
    headline(document),
    heading("Files"),
    fileTable(files),
    heading("Tables"),
    textTable(
      ["table", "rows", "Delta version"],
      Object.entries(tables).map(([name, { rows, version }]) => [name, rows ?? "can't be read", version]),
    ),
    ...(rules.length > 0 ? [heading("Rejected rows by rule"), textTable(["dataset", "rule", "rows"], rules)] : []),
    section(
      "Files with a reason",
      troubled.map(({ key, status, reason }) => `${key} (${status}): ${reason ?? ""}`),
    ),
    section(
      "Alerts sent",
      alerts.map(({ subject }) => subject),
    ),
    section("Where to look next", [
      `${command} local query "SELECT * FROM ingest_files"`,
      ...(firstRejects === undefined
        ? []
        : [`${command} local query "SELECT rule_ids, source_file, row, raw FROM ${firstRejects}_rejects"`]),
      `${command} local up    # keeps it running and prints the endpoints for AWS's SDK and CLI`,
    ]),
  ].join("");
}
