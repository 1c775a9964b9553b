/** The project that this command belongs to: its program, scripts and set-up are found from here, whatever the current folder. */
import { join } from "node:path";

export const projectDir = join(import.meta.dirname, "..");
