/** The feature table as Markdown. */
import { format } from "prettier";
import { features } from "./index.ts";
import type { Row } from "./row.ts";

export const place = new URL("../../../../workflow/dsl/FEATURES.md", import.meta.url);

const line = ({ field, of, here }: Row): string => {
  const name = field.replace(/^State\./, "").replace(/^Machine\./, "");
  return `| ${[`\`${name}\``, ...(of === undefined ? [] : [of])].join(", ")} | ${here.replaceAll("|", "\\|")} |`;
};

const table = (): string =>
  Object.entries(features)
    .map(([title, rows]) => [`### ${title}`, "", "| ASL | here |", "| --- | --- |", ...rows.map(line)].join("\n"))
    .join("\n\n");

/** The page with the table of the rows as they are now, between the comments that mark its place. */
export const withTable = (page: string): Promise<string> =>
  format(
    page.replace(/(<!-- rows[^>]*-->)[\s\S]*(<!-- end of rows -->)/, (_, from: string, to: string) =>
      [from, "", table(), "", to].join("\n"),
    ),
    { parser: "markdown", printWidth: 120 },
  );
