/** Made-up zod schemas, each with values that it accepts. */
import fc from "fast-check";
import * as z from "zod";

/** A schema whose values have a bound, and what it accepts. */
export interface Accepting {
  readonly schema: z.ZodType;
  readonly value: fc.Arbitrary<unknown>;
}

const of = (schema: z.ZodType, value: fc.Arbitrary<unknown>): Accepting => ({ schema, value });

/** Any code units, control characters and halves of surrogate pairs too. */
const texts = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.nat(0x1f), fc.nat(0xff_ff), fc.constantFrom(0x22, 0x5c, 0xd8_00, 0xdf_ff)), { maxLength: most })
    .map((units) => String.fromCharCode(...units));

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter(Number.isFinite);
const written = fc.oneof(fc.string(), number, fc.boolean());

const leaf: fc.Arbitrary<Accepting> = fc.oneof(
  fc.nat(12).map((most) => of(z.string().max(most), texts(most))),
  fc.constantFrom(
    of(z.number(), fc.oneof(number, fc.constant(-1.234_567_890_123_456_7e-6))),
    of(z.int(), fc.maxSafeInteger()),
    of(z.boolean(), fc.boolean()),
    of(z.null(), fc.constant(null)),
    of(z.uuid(), fc.uuid()),
    of(z.ipv4(), fc.ipV4()),
    of(
      z.ipv6(),
      fc.ipV6().filter((each) => z.ipv6().safeParse(each).success),
    ),
    of(
      z.iso.date(),
      fc
        .date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((each) => each.toISOString().slice(0, 10)),
    ),
  ),
  fc
    .tuple(fc.maxSafeInteger(), fc.nat(1000))
    .filter(([low, width]) => Number.isSafeInteger(low + width))
    .map(([low, width]) =>
      of(
        z
          .int()
          .min(low)
          .max(low + width),
        fc.integer({ min: low, max: low + width }),
      ),
    ),
  fc.array(written, { minLength: 1, maxLength: 4 }).map((values) => of(z.literal(values), fc.constantFrom(...values))),
);

/** zod reads an object's inherited members too. */
const names = fc
  .oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a"b', "ü"))
  .filter((name) => !(name in Object.prototype));

const composed = (inner: fc.Arbitrary<Accepting>): fc.Arbitrary<Accepting> =>
  fc.oneof(
    fc
      .tuple(inner, fc.nat(4))
      .map(([{ schema, value }, most]) => of(z.array(schema).max(most), fc.array(value, { maxLength: most }))),
    fc
      .array(inner, { minLength: 1, maxLength: 3 })
      .map((items) =>
        of(
          z.tuple(items.map(({ schema }) => schema) as [z.ZodType, ...z.ZodType[]]),
          fc.tuple(...items.map(({ value }) => value)),
        ),
      ),
    fc.uniqueArray(fc.tuple(names, inner, fc.boolean()), { maxLength: 4, selector: ([name]) => name }).map((members) =>
      of(
        z.object(
          Object.fromEntries(members.map(([name, { schema }, there]) => [name, there ? schema : schema.optional()])),
        ),
        fc.record(Object.fromEntries(members.map(([name, { value }]) => [name, value])), {
          requiredKeys: members.flatMap(([name, , there]) => (there ? [name] : [])),
        }),
      ),
    ),
    fc
      .tuple(fc.uniqueArray(names, { minLength: 1, maxLength: 3 }), inner)
      .map(([keys, { schema, value }]) =>
        of(z.record(z.enum(keys), schema), fc.record(Object.fromEntries(keys.map((key) => [key, value])))),
      ),
    fc
      .tuple(inner, inner)
      .map(([one, other]) => of(z.union([one.schema, other.schema]), fc.oneof(one.value, other.value))),
    inner.map(({ schema, value }) => of(schema.nullable(), fc.option(value))),
  );

const depth = 3;

export const schemas: fc.Arbitrary<Accepting> = Array.from({ length: depth }).reduce<fc.Arbitrary<Accepting>>(
  (inner) => fc.oneof(leaf, composed(inner)),
  leaf,
);

/** A schema with a value that it accepts. */
export const accepted: fc.Arbitrary<{ readonly schema: z.ZodType; readonly value: unknown }> = schemas.chain(
  ({ schema, value }) => value.map((each) => ({ schema, value: each })),
);
