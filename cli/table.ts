/** Text tables for terminals and CSV for pipes. */

export type Cell = string | number | null;

const text = (cell: Cell): string => String(cell ?? "");

/** Columns wide enough for their content; numbers stand to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => text(row[column] ?? null).length)),
  );
  const numeric = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  const line = (cells: readonly Cell[]): string =>
    cells
      .map((cell, column) =>
        numeric[column] ? text(cell).padStart(widths[column] ?? 0) : text(cell).padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(header), ...rows.map(line)].map((each) => `${each}\n`).join("");
}

/** RFC 4180. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const quoted = (cell: Cell): string =>
    /[",\r\n]/.test(text(cell)) ? `"${text(cell).replaceAll('"', '""')}"` : text(cell);
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}
