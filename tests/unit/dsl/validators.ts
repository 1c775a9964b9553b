/**
 * What the two public validators say of a definition; none if both accept it. What they are known to be wrong about is
 * changed or left out by name before they are believed.
 */
import "./asl_schema.ts";
import aslValidator from "asl-validator";
import languageService from "amazon-states-language-service";
import { render, tokensIn } from "../../../workflow/dsl/tokens.ts";

const { getLanguageService, TextDocument } = languageService;

/**
 * The definition as asl-validator has to see it, which knows less of JSON than Step Functions
 * (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: "any JSON value"):
 * - an array in an array is wrong to it: here it is an expression;
 * - so are texts that are empty or have line breaks or other control characters, and such keys: here they are written as
 *   what JSON makes of them;
 * - a variable, a member or a state called `Next` leads somewhere to it, since it looks for such fields at any depth: here
 *   those names are quoted too. Names of variables are free: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
function forAslValidator(value: unknown, place: Place = "machine"): unknown {
  if (typeof value === "string") return isExpression(value) ? value : plain(value);
  if (Array.isArray(value))
    return value.map((each) => (Array.isArray(each) ? "{% [] %}" : forAslValidator(each, place)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) =>
      place === "machine"
        ? [key, leadsOn.has(key) ? unlikeField(String(each)) : forAslValidator(each, placeOf(key))]
        : [unlikeField(key), forAslValidator(each, place === "states" ? "machine" : place)],
    ),
  );
}

/** A machine or a part of one, its states by their names, or data with keys of the author's own. */
type Place = "machine" | "states" | "data";
const data = new Set(["Assign", "Arguments", "Output", "Items", "ItemSelector", "BatchInput"]);
const placeOf = (field: string): Place => {
  if (field === "States") return "states";
  return data.has(field) ? "data" : "machine";
};
const leadsOn = new Set(["StartAt", "Next", "Default"]);
const lookedFor = new Set([...leadsOn, "States", "Branches", "Iterator", "Parameters", "ResultSelector"]);
const unlikeField = (name: string): string => (lookedFor.has(name) ? JSON.stringify(name) : plain(name));
const plain = (text: string): string => (/^[^\p{Cc}\u2028\u2029]+$/u.test(text) ? text : JSON.stringify(text));
const isExpression = (text: string): boolean => text.startsWith("{%") && text.endsWith("%}");

/** What the language service says without a reason. */
const falseAlarms: readonly string[] = [
  // It doesn't know Parquet yet: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
  'Value is not accepted. Valid values: "CSV", "JSON", "JSONL", "MANIFEST".',
];

export async function complaints(definition: object): Promise<string[]> {
  const { isValid, errors } = aslValidator(Object(forAslValidator(definition)) as object);
  const service = getLanguageService({});
  const text = TextDocument.create("file:///machine.asl.json", "json", 1, JSON.stringify(definition, null, 2));
  const diagnostics = await service.doValidation(text, service.parseJSONDocument(text));
  const said = diagnostics.map(({ message, range }) => ({
    line: range.start.line + 1,
    sentence: typeof message === "string" ? message : message.value,
  }));
  return [
    ...(isValid ? [] : errors.map((error) => `asl-validator: ${JSON.stringify(error)}`)),
    ...said
      .filter(({ sentence }) => !falseAlarms.includes(sentence))
      .map(({ line, sentence }) => `amazon-states-language-service: line ${line}: ${sentence}`),
  ];
}

/** The definition with something that looks like an ARN in each token's place: validators look at them. */
export function withArns<T extends object>(definition: T): T {
  const tokens = [...tokensIn(definition)];
  return render(
    definition,
    Object.fromEntries(tokens.map((token) => [token, `arn:aws:states:us-east-1:123456789012:activity:${token}`])),
  );
}
