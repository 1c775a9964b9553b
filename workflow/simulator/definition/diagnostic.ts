/** What is wrong with a definition, where, under the codes of ValidateStateMachineDefinition. */

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html */
export interface Diagnostic {
  readonly severity: "ERROR";
  readonly code:
    "INVALID_JSON_DESCRIPTION" | "MISSING_END_STATE" | "MISSING_TRANSITION_TARGET" | "SCHEMA_VALIDATION_FAILED";
  readonly message: string;
  /** A JSON Pointer. */
  readonly location: string;
}

export function diagnostic(
  location: string,
  message: string,
  code: Diagnostic["code"] = "SCHEMA_VALIDATION_FAILED",
): Diagnostic {
  return { severity: "ERROR", code, message, location };
}

/** Every reason why a definition can't be run; `findings` has one line each, with the place as a JSON path. */
export class InvalidDefinition extends Error {
  override readonly name = "InvalidDefinition";
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly string[];
  constructor(diagnostics: readonly Diagnostic[]) {
    const findings = diagnostics.map(({ location, message }) => `${location}: ${message}`);
    super(`The state machine's definition can't be run:\n${findings.map((finding) => `  ${finding}`).join("\n")}`);
    this.diagnostics = diagnostics;
    this.findings = findings;
  }
}
