/** Text in a picture whose fonts are the reader's: widths are those of wide fonts, so that text stays within its shape. */

/** Widths in parts of the font's size; those of DejaVu Sans, which is wider than most. */
const narrow = /[iljtfrI.,:;'|!()[\]{} -]/;
const wide = /[mwMW@%—…→]/;

function widthOf(character: string): number {
  if (narrow.test(character)) return 0.42;
  if (wide.test(character)) return 1;
  if (/[a-z0-9]/.test(character)) return 0.64;
  return (character.codePointAt(0) ?? 0) < 0x2_00 ? 0.8 : 1.05;
}

/** At this size in pixels. */
export const textWidth = (text: string, size: number): number =>
  Array.from(text).reduce((sum, character) => sum + widthOf(character), 0) * size;

/** Lines no wider than `width`, broken where words or their parts begin, or anywhere if need be. */
export function wrapped(text: string, width: number, size: number): string[] {
  const parts = text.split(/(?<=[\s_/:.,-])|(?<=[a-z0-9])(?=[A-Z])/u);
  const lines = [""];
  for (const part of parts.flatMap((each) => (textWidth(each, size) > width ? Array.from(each) : [each]))) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && textWidth((line + part).trimEnd(), size) > width) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return lines.map((line) => line.trim());
}
