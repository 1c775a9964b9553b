/** The file of a workflow's step types: it stands beside the workflow, and is made anew when that changes. */
import { basename, dirname, join } from "node:path";
import type { Workflow } from "../workflow.ts";
import { stepTypes, type StepTypes } from "./step_types.ts";
import { objectText, propertyName } from "./type_text.ts";

/** `daily-load` has `DailyLoadTasks`. */
const interfaceName = (workflow: string): string => {
  const words = workflow.split(/[\W_]+/).filter((word) => word !== "");
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}Tasks`.replace(/^(?=\d)/, "_");
};

/** `workflow/lakehouse.ts` has `workflow/lakehouse.tasks.ts`, if its workflow is the `lakehouse`. */
export const tasksPath = ({ name, site }: Workflow): string => join(dirname(site.file), `${name}.tasks.ts`);

/**
 * The text of the file: an interface with a member for each Task, which has the types of its `event` and its `result`.
 * The same bytes for the same program.
 * @param command what makes the file anew
 * @throws TypesError if the calls that made the steps can't be found
 */
export function tasksFile(workflow: Workflow, command: string): string {
  const name = interfaceName(workflow.name);
  return `/**
 * What the Tasks of the machine "${workflow.name}" get and yield, for its mocks: \`mocksOf<${name}>(…)\`.
 * Made from ${basename(workflow.site.file)} by \`${command}\`: change that, and make this anew.
 */
export interface ${name} ${objectText(stepTypes(workflow).map(member))}
`;
}

function member({ name, isPattern, event, result }: StepTypes): string {
  const types = objectText([`readonly event: ${event}`, `readonly result: ${result}`]);
  return isPattern ? `readonly [task: \`${name}\`]: ${types}` : `readonly ${propertyName(name)}: ${types}`;
}
