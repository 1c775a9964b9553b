/**
 * Rules of variables that hold before anything runs: names, scopes, and where `$states` has what.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
import { bindsStates, membersOfStates, readExpression } from "../expression.ts";
import type { Branch, Leaving, State } from "./asl.ts";
import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import { branchesOf } from "./walk.ts";

const longestName = 80;
const identifier = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** @param outer names that the scopes around this branch assign */
export function variableDiagnostics(
  branch: Branch,
  pointer = "",
  outer: ReadonlySet<string> = new Set(),
): readonly Diagnostic[] {
  const own = new Set(Object.values(branch.States).flatMap((state) => assigns(state).map(([variable]) => variable)));
  return Object.entries(branch.States).flatMap(([name, state]) => {
    const place = `${pointer}/States/${name}`;
    const { ItemProcessor, Branches, ...fields } = { ItemProcessor: undefined, Branches: undefined, ...state };
    return [
      ...assigns(state).flatMap(([variable, at]) => nameFindings(variable, `${place}${at}`, outer)),
      // What looks like an expression is plain text to a JSONPath state.
      ...(state.QueryLanguage === "JSONPath" ? [] : statesFindings(fields, place, "", state.Type)),
      ...branchesOf(state).flatMap((part) => {
        // The children of a distributed Map see nothing of what is around them.
        const distributed = state.Type === "Map" && state.ItemProcessor.ProcessorConfig?.Mode === "DISTRIBUTED";
        const around = distributed ? new Set<string>() : new Set([...outer, ...own]);
        return variableDiagnostics(part.branch, `${place}${part.pointer}`, around);
      }),
    ];
  });
}

/** Variables that a state assigns, and where it does. In JSONPath mode the variable of `"total.$"` is `total`. */
function assigns(state: State): readonly (readonly [variable: string, pointer: string])[] {
  const of = ({ Assign: fields = {} }: Leaving, at: string): readonly (readonly [string, string])[] =>
    Object.keys(fields).map((key) => [
      state.QueryLanguage === "JSONPath" ? key.replace(/\.\$$/, "") : key,
      `${at}/Assign/${key}`,
    ]);
  const rules = state.Type === "Choice" ? state.Choices : [];
  const catchers = "Catch" in state ? (state.Catch ?? []) : [];
  return [
    ...("Assign" in state ? of(state, "") : []),
    ...rules.flatMap((rule, index) => of(rule, `/Choices/${index}`)),
    ...catchers.flatMap((catcher, index) => of(catcher, `/Catch/${index}`)),
  ];
}

function nameFindings(name: string, place: string, outer: ReadonlySet<string>): readonly Diagnostic[] {
  if (name === "states") return [diagnostic(place, "'states' is reserved: no variable can have that name")];
  if (name.length > longestName) {
    return [diagnostic(place, `a variable's name has at most ${longestName} characters`)];
  }
  if (!identifier.test(name)) {
    return [diagnostic(place, "a variable's name begins with a letter and has only letters, digits and underscores")];
  }
  return outer.has(name)
    ? [diagnostic(place, `'${name}' is a variable of an outer scope: an inner one can't assign it`)]
    : [];
}

/** `$states.result` is there after success only, `$states.errorOutput` in catchers only. */
function statesFindings(value: unknown, place: string, field: string, type: State["Type"]): readonly Diagnostic[] {
  if (typeof value === "string") {
    const source = readExpression(value);
    if (source === undefined) return [];
    const members = membersOfStates(source);
    const succeeded = /^\/(?:Assign|Output)(?:\/|$)/.test(field) && ["Task", "Parallel", "Map"].includes(type);
    const caught = /^\/Catch\/\d+\/(?:Assign|Output)(?:\/|$)/.test(field);
    return [
      ...(members.has("result") && !succeeded
        ? [diagnostic(place, "$states.result is only in Assign and Output of a Task, Parallel or Map")]
        : []),
      ...(members.has("errorOutput") && !caught
        ? [diagnostic(place, "$states.errorOutput is only in Assign and Output of a catcher")]
        : []),
      ...(bindsStates(source) ? [diagnostic(place, "$states is reserved: an expression can't assign it")] : []),
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "Comment")
    .flatMap(([key, member]) => statesFindings(member, `${place}/${key}`, `${field}/${key}`, type));
}
