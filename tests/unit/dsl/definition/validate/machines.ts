/** Short ways to write definitions for these tests. */

export type Fields = Readonly<Record<string, unknown>>;

/** A machine in JSONata that starts at its first state. */
export const jsonata = (states: Fields, more: Fields = {}): Fields => ({
  QueryLanguage: "JSONata",
  ...part(states),
  ...more,
});

/** A machine in JSONPath. */
export const jsonPath = (states: Fields, more: Fields = {}): Fields => ({ ...part(states), ...more });

/** A branch or a processor. */
export const part = (states: Fields): Fields => ({ StartAt: Object.keys(states)[0] ?? "Nowhere", States: states });

export const pass = (more: Fields = {}): Fields => ({ Type: "Pass", End: true, ...more });
export const to = (next: string, more: Fields = {}): Fields => ({ Type: "Pass", Next: next, ...more });
export const task = (more: Fields = {}): Fields => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  ...("Next" in more ? {} : { End: true }),
  ...more,
});
export const choice = (condition: unknown, next: string, otherwise: string, more: Fields = {}): Fields => ({
  Type: "Choice",
  Choices: [{ Condition: condition, Next: next }],
  Default: otherwise,
  ...more,
});
export const map = (states: Fields, more: Fields = {}, config: Fields = { Mode: "INLINE" }): Fields => ({
  Type: "Map",
  ItemProcessor: { ProcessorConfig: config, ...part(states) },
  ...("Next" in more ? {} : { End: true }),
  ...more,
});
export const parallel = (branches: readonly Fields[], more: Fields = {}): Fields => ({
  Type: "Parallel",
  Branches: branches.map(part),
  ...("Next" in more ? {} : { End: true }),
  ...more,
});
