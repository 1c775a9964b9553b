/** What the two public validators say of a definition; none if both accept it. */
import aslValidator from "asl-validator";
import languageService from "amazon-states-language-service";
import { render, tokensIn } from "../../../workflow/dsl/render.ts";

const { getLanguageService, TextDocument } = languageService;

export async function complaints(definition: object): Promise<string[]> {
  // asl-validator changes what it is given.
  const { isValid, errors } = aslValidator(structuredClone(definition));
  const service = getLanguageService({});
  const text = TextDocument.create("file:///machine.asl.json", "json", 1, JSON.stringify(definition, null, 2));
  const diagnostics = await service.doValidation(text, service.parseJSONDocument(text));
  return [
    ...(isValid ? [] : errors.map((error) => `asl-validator: ${JSON.stringify(error)}`)),
    ...diagnostics.map(
      ({ message, range }) =>
        `amazon-states-language-service: line ${range.start.line + 1}: ${typeof message === "string" ? message : message.value}`,
    ),
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
