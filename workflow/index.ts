/** The machines of this project, by name for the command line. */
import { lakehouse } from "./lakehouse.ts";

export const machines = [lakehouse];
