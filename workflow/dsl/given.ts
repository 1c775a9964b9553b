/** What steps are given that types forbid, and that a program passes all the same: a mistake, with a stand-in. */
import * as z from "zod";
import { mistake } from "./mistakes.ts";
import type { Retry } from "./tree.ts";

const names = z.array(z.string());
const retries = z.array(z.looseObject({ errors: names }));

const forbidden = (what: string): void => void mistake("wrong-call", new TypeError(what));

/** A state's name. */
export function nameOf(name: string): string {
  if (typeof name === "string" && name !== "") return name;
  forbidden("a step's name has to be a text that is not empty");
  return "step";
}

/** Names of errors. */
export function errorsOf(errors: readonly string[]): readonly string[] {
  if (names.safeParse(errors).success) return errors;
  forbidden('the errors have to be an array of names, such as ["States.Timeout"]');
  return ["States.ALL"];
}

export function retriesOf(retry: readonly Retry[] = []): readonly Retry[] {
  if (retries.safeParse(retry).success) return retry;
  forbidden('`retry` has to be an array such as [{ errors: ["States.Timeout"] }]');
  return [];
}

/** The resource of a request that is answered later. */
export function callbackOf({ resource, callback }: { readonly resource: string; readonly callback: string }): string {
  if (typeof callback === "string") return callback;
  forbidden("the request can't carry a token: use sendMessage, publish, putEvent, invoke, startExecution or sdk");
  return resource;
}
