/** What the Tasks of a workflow get and yield, read from its program by TypeScript's checker. */
import ts from "typescript";
import type { TaskNode } from "../tree.ts";
import { allSteps } from "../walk.ts";
import type { Workflow } from "../workflow.ts";
import { callAt, programOf, type StepCall } from "./call_sites.ts";
import { knownBy, nothing, type Known } from "./known.ts";
import { shapeOf } from "./shape.ts";
import { argumentsOf, TypeText, union } from "./type_text.ts";

/** The types of a Task, or of those that one call makes under names of one pattern, as texts that need no imports. */
export interface StepTypes {
  /** The Task's name, or a pattern such as `Load${string}`. */
  readonly name: string;
  readonly isPattern: boolean;
  /** A Lambda's event, or the Arguments of a service's request. */
  readonly event: string;
  readonly result: string;
}

/** @throws TypesError if the calls that made the steps can't be found */
export function stepTypes(workflow: Workflow): StepTypes[] {
  const program = programOf(workflow.site.file);
  const checker = program.getTypeChecker();
  // A mock stands for a query and its rows.
  const steps = allSteps(workflow.program)
    .filter((step) => step.kind === "task")
    .filter(({ rows }) => rows === undefined);
  const byCall = Map.groupBy(steps, ({ site, name }) => callAt(program, site, name));
  return [...byCall].flatMap(([call, made]): StepTypes[] => {
    const result = resultOf(checker, call);
    const typesOf = (these: readonly TaskNode[]): Pick<StepTypes, "event" | "result"> => ({
      event: eventOf(checker, call, these),
      result,
    });
    const pattern = patternOf(checker, call, made, steps);
    if (pattern !== undefined) return [{ name: pattern, isPattern: true, ...typesOf(made) }];
    const named = new Map(made.map((step) => [step.name, step]));
    return [...named].map(([name, step]) => ({ name, isPattern: false, ...typesOf([step]) }));
  });
}

/** A Lambda's payload says what its event is; of other requests, the values and their types. */
function eventOf(checker: ts.TypeChecker, call: StepCall, made: readonly TaskNode[]): string {
  const types = new TypeText(checker, call);
  const payload = payloadType(checker, call);
  if (payload !== undefined) return types.of(payload);
  const known = knownArguments(checker, call, types);
  return union(made.map((step) => shapeOf(step.arguments, known)));
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

/** What a service's Arguments are, as far as the types of the step's call tell. */
function knownArguments(checker: ts.TypeChecker, { expression, arguments: args }: StepCall, types: TypeText): Known {
  const [, request] = args;
  const type = request && checker.getTypeAtLocation(request);
  if (type === undefined) return nothing;
  switch (expression.name.text) {
    case "athena":
      return { ...nothing, member: (name) => (name === "QueryString" ? knownBy(types, [type]) : nothing) };
    case "callback":
      // It is made of the token.
      return knownBy(
        types,
        type.getCallSignatures().flatMap((each) => argumentsOf(checker, each.getReturnType()) ?? []),
      );
    default:
      return knownBy(types, [argumentsOf(checker, type) ?? []].flat());
  }
}

function resultOf(checker: ts.TypeChecker, call: StepCall): string {
  const signature = checker.getResolvedSignature(call);
  return signature === undefined ? "unknown" : new TypeText(checker, call).of(signature.getReturnType());
}

/**
 * The pattern of names that are made of data, so that new data needs no new types. Undefined for a name whose parts are
 * all known, for one of which nothing is, and where another step's name is of the pattern too.
 */
function patternOf(
  checker: ts.TypeChecker,
  { arguments: [name] }: StepCall,
  made: readonly TaskNode[],
  all: readonly TaskNode[],
): string | undefined {
  if (name === undefined || !ts.isTemplateExpression(name)) return undefined;
  const types = name.templateSpans.map(({ expression }) => checker.getTypeAtLocation(expression));
  const texts = [name.head.text, ...name.templateSpans.map(({ literal }) => literal.text)];
  if (types.every(isKnown) || texts.every((text) => text === "")) return undefined;
  const written = (unknown: string, special: RegExp): string =>
    texts.map((text) => text.replaceAll(special, "\\$&")).join(unknown);
  const pattern = new RegExp(`^${written("[^]*", /[^\w ]/g)}$`);
  return all.some((step) => !made.includes(step) && pattern.test(step.name))
    ? undefined
    : written("${string}", /[\\`$]/g);
}

const isKnown = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isKnown) : type.isStringLiteral() || type.isNumberLiteral();
