/** A definition as rules look at it: walked once, its states with their query language, its expressions read. */
import { fieldsOf, machineOf, type Machine, type State } from "../machine.ts";
import { cyclesOf, type Cycle } from "./cycles.ts";
import { evaluatedTexts, expressionsAmong, type EvaluatedText, type Expression, type Read } from "./expressions.ts";
import { flowOf, type Flow } from "./flow.ts";
import { reading, type Reading } from "./reading.ts";

export type Language = "JSONata" | "JSONPath";

export interface PlacedState extends State {
  readonly machine: Machine;
  readonly language: Language;
}

export interface PlacedMachine {
  readonly machine: Machine;
  /** The Parallel or Map that holds it; undefined for the program's own. */
  readonly holder: PlacedState | undefined;
  readonly states: readonly PlacedState[];
}

export interface Definition {
  readonly value: unknown;
  /** From the outermost. */
  readonly machines: readonly PlacedMachine[];
  readonly states: readonly PlacedState[];
  readonly texts: readonly EvaluatedText[];
  /** Those of the texts that are expressions. */
  readonly expressions: readonly Expression[];
  readonly flow: Flow;
  readonly cycles: ReadonlyMap<Machine, readonly Cycle[]>;
  readonly known: Known;
}

/** What a definition doesn't say of itself. */
export interface Known {
  /** The most items of Maps, by the states' names. */
  readonly items?: ReadonlyMap<string, number>;
}

function readOnce(): Read {
  const known = new Map<string, Reading>();
  return (source) => {
    const result = known.get(source) ?? reading(source);
    known.set(source, result);
    return result;
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: JSONPath where nothing is said. */
const languageOf = (value: unknown, otherwise: Language): Language =>
  value === "JSONata" || value === "JSONPath" ? value : otherwise;

export function definitionOf(value: unknown, known: Known): Definition {
  const language = languageOf(fieldsOf(value).QueryLanguage, "JSONPath");
  const machines = placed(machineOf(value), undefined, language);
  const states = machines.flatMap((each) => each.states);
  const texts = evaluatedTexts(states);
  const read = readOnce();
  return {
    value,
    machines,
    states,
    texts,
    expressions: expressionsAmong(texts, read),
    flow: flowOf(machines),
    cycles: new Map(machines.map((each) => [each.machine, cyclesOf(each, read)])),
    known,
  };
}

/** A state's own language does not pass on to the states within it: those go by the definition's. */
function placed(machine: Machine, holder: PlacedState | undefined, language: Language): PlacedMachine[] {
  const states = machine.states.map((state): PlacedState => ({
    ...state,
    machine,
    language: languageOf(state.fields.QueryLanguage, language),
  }));
  return [
    { machine, holder, states },
    ...states.flatMap((state) => state.machines.flatMap((each) => placed(each, state, language))),
  ];
}
