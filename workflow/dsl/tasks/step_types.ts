/** What the Tasks of a workflow get and yield, read from its program by TypeScript's checker. */
import ts from "typescript";
import type { TaskNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import { callAt, programOf, type StepCall } from "./call_sites.ts";
import { shapeOf } from "./shape.ts";
import { TypeText, union } from "./type_text.ts";

/** The types of the steps that one call makes, as texts that need no imports. */
export interface StepTypes {
  /** The steps' names: literals, and patterns such as `Load${string}`. */
  readonly names: readonly { readonly text: string; readonly isPattern: boolean }[];
  /** A Lambda's event, or the Arguments of a service's request. */
  readonly event: string;
  readonly result: string;
}

/** The Tasks that a mock stands for: rows of a query belong to the step that runs it. */
export const mockable = (workflow: Workflow): readonly TaskNode[] =>
  allSteps(workflow.program).filter((step): step is TaskNode => step.kind === "task" && step.rows === undefined);

/** @throws TypesError if the calls that made the steps can't be found */
export function stepTypes(workflow: Workflow): StepTypes[] {
  const program = programOf(workflow.site.file);
  const checker = program.getTypeChecker();
  const steps = mockable(workflow);
  const byCall = Map.groupBy(steps, ({ site, name }) => callAt(program, site, name));
  return [...byCall].map(([call, made]) => ({
    names: namesOf(checker, call, made, steps),
    event: eventOf(checker, call, made),
    result: resultOf(checker, call),
  }));
}

/** A Lambda's payload says what its event is; of other requests only the values are known. */
function eventOf(checker: ts.TypeChecker, call: StepCall, made: readonly TaskNode[]): string {
  const payload = payloadType(checker, call);
  if (payload === undefined) return union(made.map((step) => shapeOf(step.arguments)));
  return new TypeText(checker, call).of(payload);
}

function payloadType(checker: ts.TypeChecker, { expression, arguments: [, payload] }: StepCall): ts.Type | undefined {
  const type = payload && checker.getTypeAtLocation(payload);
  switch (expression.name.text) {
    case "lambda":
      return type;
    case "lambdaCallback":
      // It is made of the token.
      return type?.getCallSignatures()[0]?.getReturnType();
    default:
      return undefined;
  }
}

function resultOf(checker: ts.TypeChecker, call: StepCall): string {
  const signature = checker.getResolvedSignature(call);
  return signature === undefined ? "unknown" : new TypeText(checker, call).of(signature.getReturnType());
}

/** A pattern is for names that are made of data, so that new data needs no new types; not where another step has such a name. */
function namesOf(
  checker: ts.TypeChecker,
  call: StepCall,
  made: readonly TaskNode[],
  all: readonly TaskNode[],
): StepTypes["names"] {
  const own = new Set(made.map(({ name }) => name));
  const pattern = call.arguments[0] && patternOf(checker, call.arguments[0]);
  const others = all.filter((step) => !made.includes(step));
  return pattern === undefined || others.some(({ name }) => pattern.matches.test(name))
    ? [...own].map((text) => ({ text, isPattern: false }))
    : [{ text: pattern.text, isPattern: true }];
}

interface Pattern {
  readonly text: string;
  readonly matches: RegExp;
}

/** The pattern of a template; undefined for a name whose parts are all known, and for one of which nothing is. */
function patternOf(checker: ts.TypeChecker, name: ts.Expression): Pattern | undefined {
  if (!ts.isTemplateExpression(name)) return undefined;
  const types = name.templateSpans.map(({ expression }) => checker.getTypeAtLocation(expression));
  const texts = [name.head.text, ...name.templateSpans.map(({ literal }) => literal.text)];
  if (types.every(isKnown) || texts.every((text) => text === "")) return undefined;
  const written = (unknown: string, special: RegExp): string =>
    texts.map((text) => text.replaceAll(special, "\\$&")).join(unknown);
  return {
    text: written("${string}", /[\\`$]/g),
    matches: new RegExp(`^${written("[^]*", /[^\w ]/g)}$`),
  };
}

const isKnown = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isKnown) : type.isStringLiteral() || type.isNumberLiteral();
