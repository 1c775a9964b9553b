/** The text with a replacement character for each that XML, and so any picture, may not have or would not show. */
export const printable = (text: string): string => text.toWellFormed().replaceAll(/[\p{Cc}\ufffe\uffff]/gu, "\ufffd");
