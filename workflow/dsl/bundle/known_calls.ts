/** What is known of the calls that an object is part of: which only read it, which change it, which hand on its parts. */
import { isBuiltin } from "node:module";
import type ts from "typescript";

const words = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(" ")));

/** Methods of the language's own objects that only read, and whose result holds nothing of what they read. */
const toPrimitive = words(
  "endsWith every exec has includes indexOf isDisjointFrom isSubsetOf isSupersetOf join lastIndexOf localeCompare match",
  "padEnd padStart repeat replace replaceAll search some split startsWith substring test toISOString toJSON toLowerCase",
  "toString toUpperCase trim trimEnd trimStart forEach keys findIndex findLastIndex matchAll",
);

/** Those whose result is a part of what they read, … */
const toPart = words("at find findLast get reduce reduceRight valueOf");

/** … and those whose result holds its parts. */
const toCopy = words(
  "concat difference entries filter flat flatMap intersection map slice symmetricDifference toReversed toSorted",
  "toSpliced union values with",
);

/** Methods of the language that change what they are called on. */
export const changing = words("add append clear copyWithin delete fill pop push reverse set shift sort splice unshift");

/** Functions that change what they get first. */
export const changesFirst = words(
  "Object.assign Object.defineProperties Object.defineProperty Object.setPrototypeOf Reflect.defineProperty",
  "Reflect.deleteProperty Reflect.set Reflect.setPrototypeOf",
);

/** Methods that put what they are given into what they are called on. */
export const storing = words("add append push set unshift");

/** Functions of the language that leave their arguments as they are, and return nothing of them. */
const harmless = words(
  "Array.isArray Boolean JSON.stringify Number Object.hasOwn Object.is Object.isFrozen Object.keys",
  "Reflect.has Reflect.ownKeys String String.raw console.debug console.error console.info console.log console.warn",
  "isNaN parseFloat parseInt structuredClone",
);

/** Those that return a copy, which holds the parts of their argument. */
const copying = words(
  "Array.from Array.of Map Object.create Object.entries Object.fromEntries Object.values Promise.all Set",
);

/** Those that return what they are given. */
const returning = words("Object.freeze Promise.resolve");

/** Modules of Node's own whose functions only read what they are given. */
const readingModules = words("assert assert/strict path querystring url util");

/** Methods that call the function they are given at once. */
export const iterations = words(
  "every filter find findIndex findLast flatMap forEach from map reduce reduceRight some sort toSorted",
);

/** Libraries whose values never change once they are made, and whose functions leave what they get as it is. */
export const isImmutableLibrary = (specifier: string): boolean => /^zod($|\/)/.test(specifier);

/** What a call hands on of an object: nothing, the object's parts, or a copy that holds them; undefined if unknown. */
export type HandsOn = "nothing" | "part" | "copy";

export function methodHandsOn(name: string): HandsOn | undefined {
  if (toPrimitive.has(name)) return "nothing";
  if (toPart.has(name)) return "part";
  return toCopy.has(name) ? "copy" : undefined;
}

export function functionHandsOn(name: string, specifier: string | undefined): HandsOn | undefined {
  if (specifier !== undefined) {
    const isReading = isBuiltin(specifier) && readingModules.has(specifier.replace(/^node:/, ""));
    return isReading || isImmutableLibrary(specifier) ? "nothing" : undefined;
  }
  if (copying.has(name)) return "copy";
  if (returning.has(name)) return "part";
  return harmless.has(name) ? "nothing" : undefined;
}

/** A callee's name as it is written: `Object.assign`. */
export const dotted = (node: ts.Expression): string => node.getText().replace(/\s|\?/g, "");
