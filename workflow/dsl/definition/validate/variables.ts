/** Whether each variable that an expression reads is in scope and assigned by then. */
import { assignmentsOf } from "./assigned.ts";
import type { PlacedMachine } from "./definition.ts";
import type { Expression } from "./expressions.ts";
import { error, inState, warning, type Finding, type Rule } from "./finding.ts";
import { isSet, type Flow, type Scope } from "./flow.ts";
import { functions } from "./functions.ts";
import { didYouMean } from "./nearest.ts";
import { placeOf } from "./syntax.ts";

const visible = (scope: Scope | undefined): Scope[] => (scope === undefined ? [] : [scope, ...visible(scope.outer)]);
const sees = (scope: Scope | undefined, variable: string): boolean =>
  visible(scope).some(({ own }) => own.has(variable));

export const variablesAreAssigned: Rule = ({ expressions, flow }) => {
  const byMachine = new Map(flow.scopes.map((scope) => [scope.placed.machine, scope]));
  return expressions.flatMap((each) => {
    const scope = byMachine.get(each.state.machine);
    return scope === undefined
      ? []
      : [
          ...[...each.reading.variables].flatMap((variable) => unassigned(each, variable, scope, flow)),
          ...[...each.reading.calls].flatMap((name) => shadowedCall(each, name, scope, flow)),
        ];
  });
};

function unassigned(expression: Expression, variable: string, scope: Scope, flow: Flow): Finding[] {
  const place = placeOf(expression);
  // `$exists($x)` is how a program asks, and is false for what was never assigned.
  if (expression.reading.guarded.has(variable)) return [];
  if (!sees(scope, variable)) return functions.has(variable) ? [] : [outOfSight(expression, variable, scope, flow)];
  const here = scope.at.get(expression.state.name);
  const bit = flow.bit(variable);
  if (here === undefined || isSet(here.onEveryWay, bit)) return [];
  return isSet(here.onSomeWay, bit)
    ? [
        warning(
          "possibly-unassigned",
          place,
          `$${variable} is not assigned on every way that leads here: assign it before the ways part, or ask $exists($${variable})`,
        ),
      ]
    : [
        error(
          "unassigned",
          place,
          `$${variable} is assigned on no way that leads here: assign it in a state before this one (a state's own Assign comes after all it reads)`,
        ),
      ];
}

function outOfSight(expression: Expression, variable: string, scope: Scope, { scopes }: Flow): Finding {
  const place = placeOf(expression);
  const home = scopes.find(({ own }) => own.has(variable));
  if (home === undefined) {
    const known = new Set(visible(scope).flatMap(({ own }) => [...own]));
    return error("unknown-variable", place, `no state assigns $${variable}.${didYouMean(variable, known)}`);
  }
  const isChild = surrounds(home.placed, scope.placed, scopes);
  const where = home.placed.machine.path;
  return error(
    "out-of-scope",
    place,
    isChild
      ? `$${variable} is a variable outside of a distributed Map, whose children see none of those: pass it on with ItemSelector or ItemBatcher.BatchInput, and read it from $states.input`
      : `$${variable} is a variable of ${where}, and is gone outside of it: pass it on as the output of its last state`,
  );
}

/** Whether a machine is around another, however deep. */
function surrounds(outer: PlacedMachine, { holder }: PlacedMachine, scopes: readonly Scope[]): boolean {
  if (holder === undefined) return false;
  const around = scopes.find(({ placed }) => placed.machine === holder.machine);
  return around !== undefined && (around.placed === outer || surrounds(outer, around.placed, scopes));
}

/** A variable hides the function of its name. */
function shadowedCall(expression: Expression, name: string, scope: Scope, { bit }: Flow): Finding[] {
  const here = scope.at.get(expression.state.name);
  return functions.has(name) && here !== undefined && sees(scope, name) && isSet(here.onSomeWay, bit(name))
    ? [
        error(
          "shadowed-function",
          placeOf(expression),
          `$${name} is called, but by then it is a variable: give the variable another name`,
        ),
      ]
    : [];
}

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html: refused when the machine is created. A
 * variable that is outside assigned only later, as by the Catch of the surrounding state, is taken.
 */
export const innerVariablesHaveOtherNames: Rule = ({ flow: { scopes, bit } }) =>
  scopes.flatMap(({ placed, outer }) => {
    const entered = outer?.at.get(placed.holder?.name ?? "");
    return placed.states.flatMap((state) =>
      assignmentsOf(state)
        .filter(({ variable }) => entered !== undefined && isSet(entered.onSomeWay, bit(variable)))
        .map(({ variable, members }) =>
          error(
            "shadowed-variable",
            inState(state, ...members),
            `$${variable} is also a variable outside of ${placed.machine.path}: Step Functions wants other names inside. Rename one.`,
          ),
        ),
    );
  });
