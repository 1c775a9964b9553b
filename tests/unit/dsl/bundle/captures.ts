/** Machines of one step, for tests of what its Lambda captures. */

export type Files = Record<string, string>;

/** A machine after these top-level lines, and within these enclosing ones. */
export const machine = (top: string, handler: string, enclosing = ""): string =>
  `${top}\nexport default (flow: any) => {\n${enclosing}\nflow.lambda("Step", {}, ${handler});\n};\n`;

export const of = (top: string, handler = "() => k", more: Files = {}): Files => ({
  "machine.ts": machine(top, handler),
  ...more,
});

/** The files in a folder that has a package `dep`. */
export const inPackage = (files: Files): Files => ({
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`own/${name}`, text])),
  "own/node_modules/dep/package.json": `{ "name": "dep", "type": "module", "main": "index.js" }`,
  "own/node_modules/dep/index.js": `export const Status = { Active: "a" };
export const f = (x) => x;
export default (_, x) => { x.a = 5; };
`,
});

/** The machine's file among these. */
export const fileOf = (files: Files): string => Object.keys(files).find((each) => each.endsWith("machine.ts")) ?? "";
