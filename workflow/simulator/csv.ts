/**
 * Delimited text as ItemReader reads it: RFC 4180, and a backslash that takes what follows it as it is.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */

/** The rows of a text; a last newline doesn't begin another row, and empty lines are none. */
export function parseCsv(text: string, delimiter = ","): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  const endField = (): void => {
    row.push(field);
    field = "";
  };
  const endRow = (): void => {
    if (row.length > 0 || field !== "") {
      endField();
      rows.push(row);
    }
    row = [];
  };
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") {
      // Before anything but itself, a quote or the delimiter it is dropped.
      at += 1;
      field += text.charAt(at);
    } else if (character === '"') {
      if (quoted && text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else quoted = !quoted;
    } else if (quoted) field += character;
    else if (character === delimiter) endField();
    else if (character === "\n") endRow();
    else if (character !== "\r" || text.charAt(at + 1) !== "\n") field += character;
  }
  endRow();
  return rows;
}
