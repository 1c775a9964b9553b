/** A definition with one fault. */
export interface Broken {
  readonly what: string;
  /** `severity code pointer: message`, a line a finding. */
  readonly found: readonly string[];
  /** The public validators that refuse it as well: what they accept are the known differences. */
  readonly refusedBy: readonly string[];
  readonly definition: object;
}
