/** `lakehouse types`: what a machine's Tasks get and yield, as TypeScript for its mocks. */
import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { tasksFile, tasksPath } from "../../workflow/dsl/tasks/index.ts";
import { ownWorkflow } from "../own_workflow.ts";

export interface TypesOptions {
  /** Writes the file beside the workflow's, instead of printing it. */
  readonly write?: true;
}

/** What makes the file of a machine anew. */
export const typesCommand = (machine: string): string => `npm run lakehouse -- types ${machine} --write`;

/**
 * The types, or with `write` what was done.
 * @throws {UserError} if there is no such machine
 */
export async function typesOf(machine: string, { write }: TypesOptions): Promise<string> {
  const workflow = ownWorkflow(machine);
  const text = tasksFile(workflow, typesCommand(machine));
  if (write === undefined) return text;
  const path = tasksPath(workflow);
  await writeFile(path, text);
  return `${relative(process.cwd(), path)}\n`;
}
