/**
 * What stands around a step's handler in its Lambda, bundled with it and so importing nothing: schemas are applied to
 * the event and the result, and an error keeps the name of its class, which a Retry or a Catch matches.
 */

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A schema of zod, as far as it is used here. */
export interface Schema {
  safeParseAsync(
    value: unknown,
  ): Promise<
    | { readonly success: true; readonly data: unknown }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }
  >;
}

type Handler = (...args: readonly unknown[]) => unknown;

/** The event of a step does not fit the step's `input`. */
class InvalidEvent extends Error {}
/** What the handler returned does not fit the step's `output`. */
class InvalidResult extends Error {}

/**
 * A handler that gets what `input` makes of the event, and returns what `output` makes of the result.
 * @throws InvalidEvent, InvalidResult with the path of each value that does not fit; whatever the handler throws
 */
export const edge =
  (handler: Handler, input?: Schema, output?: Schema): Handler =>
  async (event, ...rest) => {
    try {
      const result = await handler(await accepted(event, input, InvalidEvent), ...rest);
      return await accepted(result, output, InvalidResult);
    } catch (error) {
      nameByClass(error);
      throw error;
    }
  };

async function accepted(
  value: unknown,
  schema: Schema | undefined,
  Invalid: new (message: string) => Error,
): Promise<unknown> {
  if (schema === undefined) return value;
  const parsed = await schema.safeParseAsync(value);
  if (parsed.success) return parsed.data;
  throw new Invalid(said(parsed.error.issues));
}

/** Step Functions takes 32,768 characters of a cause: https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
const most = 20;

function said(issues: readonly Issue[]): string {
  const lines = issues.slice(0, most).map(({ path, message }) => `${pathOf(path)}: ${message}`);
  return [...lines, ...(issues.length > most ? [`and ${issues.length - most} more`] : [])].join("\n");
}

/** `order.items[0].sku`; the value itself is `$`. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    return before === "" ? String(key) : `${before}.${String(key)}`;
  }, "") || "$";

/**
 * AWS Lambda reports an error's `name`, which a class that sets none inherits from one of the language's own: `Error`
 * would be all that a Catch sees of `class CardDeclined extends Error {}`.
 */
function nameByClass(error: unknown): void {
  if (!(error instanceof Error)) return;
  const named = error.constructor.name;
  if (named !== "" && isBuiltIn(nameOwner(error)) && !isBuiltIn(error.constructor.prototype)) {
    Object.defineProperty(error, "name", { value: named, configurable: true, writable: true });
  }
}

/** The object on the prototype chain whose `name` is seen. */
const nameOwner = (object: unknown): unknown =>
  typeof object !== "object" || object === null || Object.hasOwn(object, "name")
    ? object
    : nameOwner(Object.getPrototypeOf(object));

const isBuiltIn = (prototype: unknown): boolean =>
  [Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].some(
    (each) => each.prototype === prototype,
  );
