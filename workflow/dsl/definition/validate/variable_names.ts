/** Whether variables have names that Step Functions takes, and leave JSONata's functions alone. */
import { assignmentsOf } from "./assigned.ts";
import { error, inState, warning, type Finding, type Place, type Rule } from "./finding.ts";
import { functions } from "./functions.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html: Unicode identifiers, at most 80 characters. */
const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const longest = 80;

export const variablesAreNamed: Rule = ({ states }) =>
  states.flatMap((state) =>
    assignmentsOf(state).flatMap(({ variable, members }): Finding[] => {
      const place = (): Place => inState(state, ...members);
      if (variable === "states")
        return [error("reserved-variable", place(), "$states is Step Functions' own: give the variable another name")];
      if (!identifier.test(variable))
        return [
          error(
            "variable-name",
            place(),
            `"${variable}" can't be a variable: names have letters, digits and _, and begin with no digit`,
          ),
        ];
      if (variable.length > longest)
        return [
          error(
            "variable-name",
            place(),
            `the variable's name has ${variable.length} characters, and ${longest} are allowed: shorten it`,
          ),
        ];
      return state.language === "JSONata" && functions.has(variable)
        ? [
            warning(
              "shadowed-function",
              place(),
              `$${variable} is a function of JSONata, which no expression can call once this variable is assigned: give it another name`,
            ),
          ]
        : [];
    }),
  );
