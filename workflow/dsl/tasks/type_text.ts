/**
 * A type as text that needs no imports: what JSON of it looks like, with every name resolved. A reference is what it
 * refers to, and what may be undefined may be left out. A type within itself is `unknown` there.
 */
import ts from "typescript";
import { dslFolder, isInside } from "../bundle/call_site.ts";

const { TypeFlags } = ts;

/** In the alphabet's order, `null` last: TypeScript's own order is that in which a program meets the members. */
export function union(texts: readonly string[]): string {
  const members = [...new Set(texts)].sort();
  if (members.includes("unknown")) return "unknown";
  if (members.length === 0) return "never";
  return [...members.filter((text) => text !== "null"), ...members.filter((text) => text === "null")].join(" | ");
}

export const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** An object type, a member a line. */
export const objectText = (members: readonly string[]): string =>
  members.length === 0
    ? "Record<string, never>"
    : `{\n${members
        .map((member) => `${member};`)
        .join("\n")
        .replaceAll(/^/gm, "  ")}\n}`;

/** What stands on lines of its own belongs to the members of an object. */
const isUnion = (text: string): boolean => text.replaceAll(/^ .*$/gm, "").includes(" | ");

export const arrayText = (element: string): string => (isUnion(element) ? `(${element})[]` : `${element}[]`);

/** Members whose names are symbols are no JSON. */
const isNamedBySymbol = ({ escapedName }: ts.Symbol): boolean => escapedName.toString().startsWith("__@");

/** The type of the member whose name is the DSL's own symbol. */
function symbolMember(checker: ts.TypeChecker, type: ts.Type, symbol: string, file: string): ts.Type | undefined {
  const member = checker.getPropertiesOfType(type).find((each) => {
    const declared = each.valueDeclaration?.getSourceFile().fileName;
    return (
      each.escapedName.toString().startsWith(`__@${symbol}@`) &&
      declared?.endsWith(file) === true &&
      isInside(dslFolder, declared)
    );
  });
  return member && checker.getTypeOfSymbol(member);
}

/** What a reference refers to; undefined for all other types. */
function referent(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const inner = symbolMember(checker, type, "brand", "/ref.ts")?.getProperty("type");
  return inner && checker.getTypeOfSymbol(inner);
}

/** The Arguments of a `Call`; undefined for all other types. */
export const argumentsOf = (checker: ts.TypeChecker, call: ts.Type): ts.Type | undefined =>
  symbolMember(checker, call, "asked", "/calls/call.ts");

const isUndefined = (type: ts.Type): boolean => (type.flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0;

/** What a value of the type may be where there is one. */
const alternatives = (type: ts.Type): readonly ts.Type[] =>
  (type.isUnion() ? type.types : [type]).filter((each) => !isUndefined(each));

const literal = (type: ts.Type): string | undefined =>
  type.isStringLiteral() || type.isNumberLiteral() ? JSON.stringify(type.value) : undefined;

export class TypeText {
  readonly #checker: ts.TypeChecker;
  readonly #place: ts.Node;
  readonly #open = new Set<ts.Type>();

  /** @param place where in the program the types are read */
  constructor(checker: ts.TypeChecker, place: ts.Node) {
    this.#checker = checker;
    this.#place = place;
  }

  of(type: ts.Type): string {
    const { flags } = type;
    if ((flags & TypeFlags.Boolean) !== 0) return "boolean";
    const value = literal(type);
    if (value !== undefined) return value;
    if (type.isUnion()) return this.#union(type.types);
    if (isUndefined(type) || (flags & TypeFlags.Null) !== 0) return "null";
    if (
      (flags &
        (TypeFlags.StringLike |
          TypeFlags.NumberLike |
          TypeFlags.BooleanLike |
          TypeFlags.Never |
          TypeFlags.NonPrimitive)) !==
      0
    ) {
      return this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    }
    if (type.isIntersection()) {
      // A text with a brand is a text.
      const primitive = type.types.find((each) => (each.flags & (TypeFlags.StringLike | TypeFlags.NumberLike)) !== 0);
      if (primitive !== undefined) return this.of(primitive);
    }
    // What a type parameter of a helper stands for is not known: one line makes all its steps.
    const bound = (flags & TypeFlags.Instantiable) === 0 ? undefined : this.#checker.getBaseConstraintOfType(type);
    if (bound !== undefined && bound !== type) return this.of(bound);
    if ((flags & (TypeFlags.Object | TypeFlags.Intersection)) === 0 || this.#open.has(type)) return "unknown";
    this.#open.add(type);
    const text = this.#object(type);
    this.#open.delete(type);
    return text;
  }

  /** Of a value that is there, so not undefined. */
  ofPresent(type: ts.Type): string {
    const there = alternatives(type);
    return type.isUnion() && there.length < type.types.length ? this.#union(there) : this.of(type);
  }

  /** What the elements of an array of the type may be. */
  elementsOf(type: ts.Type): readonly ts.Type[] {
    return this.#objectsOf(type).flatMap((each) => each.getNumberIndexType() ?? []);
  }

  /** What the member may be, in an object of the type that has it. */
  membersOf(type: ts.Type, name: string): readonly ts.Type[] {
    return this.#objectsOf(type).flatMap((each) => {
      const property = each.getProperty(name);
      const member = property
        ? this.#checker.getTypeOfSymbolAtLocation(property, this.#place)
        : each.getStringIndexType();
      return member ?? [];
    });
  }

  /** The objects that a value of the type may be, those that references refer to among them. */
  #objectsOf(type: ts.Type): readonly ts.Type[] {
    return alternatives(type).flatMap((each) => {
      const inner = referent(this.#checker, each);
      return inner === undefined ? each : this.#objectsOf(inner);
    });
  }

  #union(types: readonly ts.Type[]): string {
    const isBoolean = types.filter(({ flags }) => (flags & TypeFlags.BooleanLiteral) !== 0).length === 2;
    const texts = types.map((each) =>
      isBoolean && (each.flags & TypeFlags.BooleanLiteral) !== 0 ? "boolean" : this.of(each),
    );
    return union(texts);
  }

  #object(type: ts.Type): string {
    const checker = this.#checker;
    const inner = referent(checker, type);
    if (inner !== undefined) return this.of(inner);
    if (checker.isTupleType(type)) {
      return `[${checker
        .getTypeArguments(type as ts.TypeReference)
        .map((each) => this.of(each))
        .join(", ")}]`;
    }
    if (checker.isArrayType(type)) {
      return arrayText(this.of(checker.getTypeArguments(type as ts.TypeReference)[0] ?? checker.getUnknownType()));
    }
    if (type.getCallSignatures().length > 0) return "unknown";
    const properties = checker.getPropertiesOfType(type).filter((each) => !isNamedBySymbol(each));
    const keys = checker.getIndexInfosOfType(type).map(({ keyType, type: each }) => [this.of(keyType), this.of(each)]);
    const [only] = keys;
    if (only !== undefined && keys.length === 1 && properties.length === 0) return `Record<${only.join(", ")}>`;
    return objectText([
      ...properties.map((each) => this.#member(each)),
      ...keys.map(([key, each]) => `[key: ${key ?? ""}]: ${each ?? ""}`),
    ]);
  }

  #member(property: ts.Symbol): string {
    const type = this.#checker.getTypeOfSymbolAtLocation(property, this.#place);
    const isOptional =
      (property.flags & ts.SymbolFlags.Optional) !== 0 || (type.isUnion() ? type.types : [type]).some(isUndefined);
    return `${propertyName(property.name)}${isOptional ? "?" : ""}: ${this.ofPresent(type)}`;
  }
}
