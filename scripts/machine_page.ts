/** Writes docs/architecture/machine.md: the picture of the machine as it is now. `node scripts/machine_page.ts` */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { graphOf } from "../cli/commands/graph.ts";

export const pagePath = join(import.meta.dirname, "../docs/architecture/machine.md");

export const machinePage = async (): Promise<string> => `# The lakehouse's state machine

Drawn from \`workflow/lakehouse.ts\` by \`node scripts/machine_page.ts\`; \`npm test\` fails when it is out of date. Hexagons are
Choices, trapezoids are Waits, rounded boxes are Passes, double borders are Fails; dashed ways are taken on errors.
\`lakehouse graph lakehouse --execution HISTORY.json\` draws what an execution did, \`lakehouse diff OLD.json\` tells what
a change changes.

\`\`\`mermaid
${await graphOf("lakehouse", { format: "mermaid" })}\`\`\`
`;

if (process.argv[1] === import.meta.filename) await writeFile(pagePath, await machinePage());
