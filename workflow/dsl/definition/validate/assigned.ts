/** Which variables a state assigns, on which of its ways on. */
import { fieldsOf, listOf, type Fields, type State, type Transition } from "../machine.ts";

/** A key of JSONPath's `Assign` may end in `.$`: its value is then a path. */
const variables = (assign: unknown): string[] => Object.keys(fieldsOf(assign)).map((key) => key.replace(/\.\$$/, ""));

const part = (fields: Fields, list: string, rule: number): Fields => fieldsOf(listOf(fields[list])[rule]);

/** A rule's or a catcher's `Assign` stands in place of the state's own, even where it has none. */
export function assignedOn({ fields }: State, way: Transition): string[] {
  switch (way.kind) {
    case "next":
    case "default":
      return variables(fields.Assign);
    case "choice":
      return variables(part(fields, "Choices", way.rule).Assign);
    case "catch":
      return variables(part(fields, "Catch", way.rule).Assign);
  }
}

export interface Assignment {
  readonly variable: string;
  readonly value: unknown;
  /** From the state to the key. */
  readonly members: readonly (string | number)[];
}

/** All that a state assigns, on any way. */
export function assignmentsOf({ fields }: State): Assignment[] {
  const places = [
    { assign: fields.Assign, members: ["Assign"] },
    ...["Choices", "Catch"].flatMap((list) =>
      listOf(fields[list]).map((each, index) => ({
        assign: fieldsOf(each).Assign,
        members: [list, index, "Assign"],
      })),
    ),
  ];
  return places.flatMap(({ assign, members }) =>
    Object.entries(fieldsOf(assign)).map(([key, value]) => ({
      variable: key.replace(/\.\$$/, ""),
      value,
      members: [...members, key],
    })),
  );
}
