/** Finds the call `x.lambda("Name", payload, handler, { input, output, … })` of a step, and in it what its Lambda is made of. */
import ts from "typescript";
import { forEachValue, withoutTypes } from "./names.ts";
import type { Finding } from "./problems.ts";
import { lineOf, position, type SourceModule } from "./source_module.ts";
import type { CallSite } from "./types.ts";

export type LambdaCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

/** What can be a handler: a function written in place, or a name of the module's top level. */
export type Handler = ts.ArrowFunction | ts.FunctionExpression | ts.Identifier;

/** The methods of a flow whose third argument is a handler. */
const methods: ReadonlySet<string> = new Set(["lambda", "lambdaCallback"]);

export function isLambdaCall(node: ts.Node): node is LambdaCall {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    methods.has(node.expression.name.text) &&
    node.arguments.length > 2
  );
}

/** Every call of such a method with a handler's place in it. */
export function lambdaCalls(node: ts.Node): LambdaCall[] {
  const calls: LambdaCall[] = isLambdaCall(node) ? [node] : [];
  forEachValue(node, (child) => calls.push(...lambdaCalls(child)));
  return calls;
}

const literalName = (call: LambdaCall): string | undefined => {
  const [name] = call.arguments;
  return name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
};

/**
 * The call at a site. V8 reports a method call at the method's name; a loader that doesn't keep positions leaves the
 * literal name to go by.
 */
export function findCall({ source }: SourceModule, name: string, site: CallSite): LambdaCall | Finding {
  const calls = lambdaCalls(source);
  const named = calls.filter((call) => literalName(call) === name);
  const [first, second] = named;
  if (first !== undefined && second !== undefined) {
    return {
      code: "repeated-name",
      node: second.expression.name,
      message: `a step of this name is already in this file (line ${lineOf(first.expression.name)}). Give each step a name of its own.`,
    };
  }
  const exact = calls.find((call) => {
    const { line, column } = position(source, call.expression.name);
    return line === site.line && column === site.column && (literalName(call) ?? name) === name;
  });
  return (
    exact ??
    first ?? {
      code: "missing-call",
      node: source,
      message: `there is no call x.lambda("${name}", payload, handler) at line ${site.line}, column ${site.column}. Call the method by its name on the line that runs, from a TypeScript file that Node runs itself.`,
    }
  );
}

/** The handler of a call: its third argument, when it is something whose source can be found. */
export function handlerOf(call: LambdaCall): Handler | Finding {
  const [, , argument] = call.arguments;
  const handler = argument === undefined ? undefined : withoutTypes(argument);
  if (
    handler !== undefined &&
    (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler) || ts.isIdentifier(handler))
  ) {
    return handler;
  }
  return {
    code: "handler-form",
    node: handler ?? call,
    message:
      "the handler must be a function written here, or the name of one at the module's top level or imported. Give a wrapped or computed function such a name and pass that.",
  };
}

/** The options that are schemas. */
export const schemaNames = ["input", "output"] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The expression of a schema in a call's options; undefined where they have none, or are not written in the call. */
export function schemaOf(call: LambdaCall, name: SchemaName): ts.Expression | undefined {
  const [, , , argument] = call.arguments;
  const options = argument === undefined ? undefined : withoutTypes(argument);
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  const property = options.properties.findLast((each) => each.name?.getText() === name);
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}
