/** Whether HTTP Tasks call HTTPS APIs: https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
import { expressionIn, fieldsOf, textOf } from "../machine.ts";
import { error, inState, type Rule } from "./finding.ts";

/** The start of a URL without TLS, also where it is an expression's first text. */
const isPlain = (url: string): boolean => /^[\s("']*http:/i.test(expressionIn(url) ?? url);

const isUnknown = (url: string): boolean => expressionIn(url) !== undefined || url.startsWith("${");

export const apisAreHttps: Rule = ({ states }) =>
  states.flatMap((state) => {
    if (!/:states:[^:]*:[^:]*:http:invoke$/.test(textOf(state.fields.Resource) ?? "")) return [];
    const field = state.language === "JSONata" ? "Arguments" : "Parameters";
    const url = textOf(fieldsOf(state.fields[field]).ApiEndpoint);
    if (url === undefined || (!isPlain(url) && (isUnknown(url) || /^https:/i.test(url)))) return [];
    const message = `ApiEndpoint is ${JSON.stringify(url)}: a Task calls HTTPS APIs alone, so write a URL such as https://api.example.com/orders`;
    return [error("not-https", inState(state, field, "ApiEndpoint"), message)];
  });
