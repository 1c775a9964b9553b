/** A Choice, whose ways lead back together. */
import type { Block, ChoiceNode } from "../tree.ts";
import { block } from "./block.ts";
import { conditionOf, put, type Place } from "./place.ts";

export function choice(step: ChoiceNode, place: Place): string {
  const wayOn = (label: string, way: Block): string => block(way, `${step.name}: ${label}`, step, step.result, place);
  const choices = step.ways.map(({ label, condition, block: way }) => ({
    Condition: conditionOf(condition, step, place),
    Next: wayOn(label, way),
  }));
  const otherwise = step.otherwise === undefined ? {} : { Default: wayOn("no", step.otherwise) };
  return put(step, step.name, { Type: "Choice", Choices: choices, ...otherwise }, place);
}
