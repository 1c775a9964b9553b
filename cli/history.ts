/** The history of an execution that a person gives as a file. */
import { HistoryError } from "../workflow/dsl/definition/history/events.ts";
import { UserError } from "./errors.ts";
import { readJsonFile } from "./json_file.ts";

/**
 * What `use` makes of the file's JSON, or of standard input for "-".
 * @throws {UserError} with the file's name, if it can't be read or `use` finds that it is no history
 */
export async function withHistory<T>(file: string, use: (history: unknown) => T): Promise<T> {
  const history = await readJsonFile(file);
  try {
    return use(history);
  } catch (error) {
    throw error instanceof HistoryError
      ? new UserError(`${file === "-" ? "standard input" : file}: ${error.message}`)
      : error;
  }
}
