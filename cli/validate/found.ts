/** What is found in a definition, by the rules of the DSL, by the simulator, or in the text of its file. */
import type { Finding } from "../../workflow/dsl/definition/validate/index.ts";

export interface Found extends Omit<Finding, "code"> {
  readonly code: Finding["code"] | "duplicate-field" | "refused";
}
