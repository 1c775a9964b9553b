/** A task that fails. */
import { TaskError, type TaskHandler } from "../../../../workflow/simulator/index.ts";

export const throws =
  (error: string, cause: string): TaskHandler =>
  () => {
    throw new TaskError(error, cause);
  };
