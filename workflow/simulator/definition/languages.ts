/** Which query language each state is in: its own, else the machine's, else JSONPath. */
import { isObject } from "../json.ts";
import { diagnostic, type Diagnostic } from "./diagnostic.ts";

/** A definition whose states all name their language, and the states that may not be in theirs. */
export interface Resolved {
  readonly definition: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** JSONPath is the service's default; a machine in JSONata can't have states in JSONPath, though the reverse is allowed. */
export function resolveLanguages(raw: unknown): Resolved {
  const diagnostics: Diagnostic[] = [];
  const machine = isObject(raw) ? (raw.QueryLanguage ?? "JSONPath") : "JSONPath";

  function branch(value: unknown, path: string): unknown {
    if (!isObject(value) || !isObject(value.States)) return value;
    const states = Object.entries(value.States).map(([name, each]) => [
      name,
      state(each, name, `${path}/States/${name}`),
    ]);
    return { ...value, States: Object.fromEntries(states) as unknown };
  }

  function state(value: unknown, name: string, place: string): unknown {
    if (!isObject(value)) return value;
    const language = value.QueryLanguage ?? machine;
    if (machine === "JSONata" && language === "JSONPath") {
      const problem = `state '${name}' is in JSONPath mode; a machine in JSONata mode can't have such states`;
      diagnostics.push(diagnostic(place, problem));
    }
    const inner = ["ItemProcessor", "Iterator"].filter((field) => field in value);
    const branches: unknown = value.Branches;
    return {
      ...value,
      QueryLanguage: language,
      ...Object.fromEntries(inner.map((field) => [field, branch(value[field], `${place}/${field}`)])),
      ...(Array.isArray(branches)
        ? { Branches: branches.map((each, index) => branch(each, `${place}/Branches/${index}`)) }
        : {}),
    };
  }

  return { definition: branch(raw, ""), diagnostics };
}
