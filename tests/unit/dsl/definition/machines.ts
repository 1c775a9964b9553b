/** Made-up definitions: any names, any nesting, every kind of way. Names are unique in a definition, as AWS has it. */
import fc from "fast-check";

/** A definition as it is written; open to be changed. */
export interface Definition {
  Comment?: string;
  StartAt: string;
  TimeoutSeconds?: number;
  States: Record<string, StateFields>;
}
export interface StateFields {
  Type: string;
  Comment?: string;
  Next?: string;
  End?: true;
  Default?: string;
  Resource?: string;
  Arguments?: unknown;
  Seconds?: number;
  Choices?: { Condition: string; Next: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Branches?: Definition[];
  ItemProcessor?: Definition;
}

interface Plan {
  readonly type: "Task" | "Pass" | "Wait" | "Choice" | "Succeed" | "Fail" | "Parallel" | "Map";
  readonly raw: string;
  /** Where its ways lead, each as a place among its machine's states. */
  readonly targets: readonly number[];
  readonly ends: boolean;
  readonly content: unknown;
  readonly machines: readonly (readonly Plan[])[];
}

const { machine } = fc.letrec<{ machine: readonly Plan[]; state: Plan }>((tie) => ({
  machine: fc.array(tie("state"), { minLength: 1, maxLength: 5, depthIdentifier: "machine" }),
  state: fc.record({
    type: fc.constantFrom<Plan["type"]>("Task", "Pass", "Wait", "Choice", "Succeed", "Fail", "Parallel", "Map"),
    raw: fc.string({ unit: "binary", maxLength: 8 }),
    targets: fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
    ends: fc.boolean(),
    content: fc.jsonValue({ maxDepth: 2 }),
    machines: fc.oneof(
      { maxDepth: 2, depthIdentifier: "machine" },
      fc.constant([]),
      fc.array(tie("machine"), { minLength: 2, maxLength: 3 }),
    ),
  }),
}));

function written(plans: readonly Plan[], number: () => number): Definition {
  const names = plans.map(({ raw }) => `${raw}.${number()}`);
  const at = (index: number): string => names[index % names.length] ?? "";
  const states = plans.map((plan, index): [string, StateFields] => [at(index), stateOf(plan, at, number)]);
  // As JSON.parse would make it: a plain object would treat the key `__proto__` otherwise.
  return JSON.parse(
    `{"StartAt":${JSON.stringify(at(0))},"States":{${states.map(([name, fields]) => `${JSON.stringify(name)}:${JSON.stringify(fields)}`).join(",")}}}`,
  ) as Definition;
}

function stateOf(
  { type, targets, ends, content, machines }: Plan,
  at: (index: number) => string,
  number: () => number,
): StateFields {
  const [first = 0, ...others] = targets;
  const onward = ends ? { End: true as const } : { Next: at(first) };
  const catchers = others.map((target, index) => ({ ErrorEquals: [`Error${index}`], Next: at(target) }));
  switch (type) {
    case "Task":
      return { Type: type, Resource: "arn:aws:states:::lambda:invoke", Arguments: content, Catch: catchers, ...onward };
    case "Pass":
      return { Type: type, ...onward };
    case "Wait":
      return { Type: type, Seconds: first, ...onward };
    case "Choice": {
      const rules = targets.map((target, index) => ({ Condition: `{% $x = ${index} %}`, Next: at(target) }));
      return { Type: type, Choices: rules, ...(ends ? {} : { Default: at(first) }) };
    }
    case "Succeed":
    case "Fail":
      return { Type: type };
    case "Parallel":
      return { Type: type, Branches: machines.map((each) => written(each, number)), Catch: catchers, ...onward };
    case "Map":
      return { Type: type, ItemProcessor: written(machines[0] ?? [anyPass], number), ...onward };
  }
}

const anyPass: Plan = { type: "Pass", raw: "p", targets: [0], ends: true, content: null, machines: [] };

export const definitions: fc.Arbitrary<Definition> = machine.map((plans) => {
  let count = 0;
  return written(plans, () => (count += 1));
});

/** All `States` objects of a definition, from the outermost. */
export const within = (definition: Definition): Definition[] => [
  definition,
  ...Object.values(definition.States).flatMap(({ Branches, ItemProcessor }) =>
    [...(Branches ?? []), ...(ItemProcessor === undefined ? [] : [ItemProcessor])].flatMap(within),
  ),
];
