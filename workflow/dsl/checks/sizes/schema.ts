/** The shape of the values that a zod schema gives. What JSON Schema can't say has no bound. */
import * as z from "zod";
import { lookup } from "../../definition/lookup.ts";
import {
  boolean,
  list,
  literal,
  nothing,
  number,
  object,
  oneOf,
  plainText,
  textOf,
  unknown,
  type Shape,
} from "./shape.ts";
import { merged } from "./parts.ts";

/** The members of JSON Schema that bound a value: https://json-schema.org/draft/2020-12 */
interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly not?: unknown;
  readonly maxLength?: number | undefined;
  readonly format?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly prefixItems?: readonly Schema[] | undefined;
  readonly items?: Schema | boolean | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly propertyNames?: Schema | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
}

const primitive = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
    not: z.unknown().optional(),
    maxLength: z.number().optional(),
    format: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxItems: z.number().optional(),
    prefixItems: z.array(schema).optional(),
    items: z.union([z.boolean(), schema]).optional(),
    properties: z.record(z.string(), schema).optional(),
    propertyNames: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
  }),
);
const document = z.intersection(schema, z.object({ $defs: z.record(z.string(), schema).optional() }));

/** Characters of the formats that have a longest text; all are of characters that JSON writes as they are. */
const longest: Readonly<Record<string, number>> = {
  uuid: 36,
  guid: 36,
  date: 10,
  ipv4: 15,
  ipv6: 45,
  cidrv4: 18,
  cidrv6: 49,
  ulid: 26,
  xid: 20,
  ksuid: 27,
  nanoid: 21,
};

function text({ format = "", maxLength = Infinity }: Schema): Shape {
  const most = lookup(longest, format);
  return most === undefined ? textOf(maxLength) : plainText(Math.min(most, maxLength));
}

/** A whole number between bounds has no more digits than they. */
const integer = ({ minimum = -Infinity, maximum = Infinity }: Schema): Shape =>
  Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum) ? oneOf([literal(minimum), literal(maximum)]) : number;

type Read = (each: Schema) => Shape;

/** What stands in a place where JSON Schema takes a schema, all or nothing. */
const other = (each: Schema | boolean | undefined, read: Read): Shape | undefined => {
  if (each === false) return undefined;
  return each === undefined || each === true ? unknown : read(each);
};

function array({ prefixItems = [], items, maxItems = Infinity }: Schema, read: Read): Shape {
  const first = prefixItems.slice(0, maxItems).map((each) => ({ items: 1, item: read(each) }));
  const more = other(items, read);
  return more === undefined
    ? list(...first)
    : list(...first, { items: Math.max(0, maxItems - first.length), item: more });
}

function record({ properties = {}, propertyNames, additionalProperties }: Schema, read: Read): Shape {
  const rest = other(additionalProperties, read);
  const known = Object.entries(properties).map(([name, each]) => [name, read(each)] as const);
  const names = propertyNames?.enum?.filter((each) => typeof each === "string");
  if (names === undefined || rest === undefined) return object(known, rest);
  return object([...names.map((name) => [name, rest] as const), ...known]);
}

function ofType(type: string, each: Schema, read: Read): Shape {
  switch (type) {
    case "string":
      return text(each);
    case "integer":
      return integer(each);
    case "number":
      return number;
    case "boolean":
      return boolean;
    case "null":
      return literal(null);
    case "array":
      return array(each, read);
    case "object":
      return record(each, read);
    default:
      return unknown;
  }
}

/** A value that is written in the schema. */
function constant(value: unknown): Shape {
  const known = primitive.safeParse(value);
  return known.success ? literal(known.data) : unknown;
}

/** @param path the definitions that led here: one that comes again is of a type without a bound */
function shape(each: Schema, definitions: Readonly<Record<string, Schema>>, path: readonly string[]): Shape {
  const read: Read = (inner) => shape(inner, definitions, path);
  if (each.$ref !== undefined) {
    const name = each.$ref.replace(/^#\/\$defs\//, "");
    const definition = lookup(definitions, name);
    return definition === undefined || path.includes(name) ? unknown : shape(definition, definitions, [...path, name]);
  }
  if (each.const !== undefined) return constant(each.const);
  if (each.enum !== undefined) return oneOf(each.enum.map(constant));
  const alternatives = each.anyOf ?? each.oneOf;
  if (alternatives !== undefined) return oneOf(alternatives.map(read));
  if (each.allOf !== undefined) return each.allOf.map(read).reduce(merged);
  if (each.not !== undefined) return nothing;
  const types = typeof each.type === "string" ? [each.type] : (each.type ?? []);
  return types.length === 0 ? unknown : oneOf(types.map((type) => ofType(type, each, read)));
}

export function shapeOfSchema(of: z.ZodType): Shape {
  const { $defs = {}, ...root } = document.parse(z.toJSONSchema(of, { unrepresentable: "any" }));
  return shape(root, $defs, []);
}
