import { expect } from "chai";
import { bundleLambdas } from "../../../../workflow/dsl/bundle/index.ts";
import { fileOf, inPackage, of, type Files } from "./captures.ts";
import { invoke, project, removeProjects, requestsOf } from "./sandbox.ts";

const object = "const k: any = { a: 1, b: { c: 1 } };\n";

describe("A Lambda does what its function does where it captures", () => {
  after(removeProjects);

  const cases: readonly [what: string, files: Files][] = [
    [
      "a `let` that its own module alone changes",
      of('import { k } from "./k.ts";', "() => k", {
        "k.ts": "export let k = 1;\nconst bump = () => { k++ }; bump();\n",
      }),
    ],
    [
      "a `let` that only the Lambda sets",
      of('import { get } from "./k.ts";', "() => get()", {
        "k.ts": "let k: any;\nexport const get = () => (k ??= 5);\n",
      }),
    ],
    ["a shallow copy that is changed", of(`${object}const c = { ...k }; c.a = 5;`)],
    [
      "copies of a list that are changed",
      of("const k = [2, 1];\nconst c = [...k]; c.sort(); k.slice().push(3); k.toSorted().pop()"),
    ],
    [
      "a module of which another member is changed",
      of('import * as all from "./k.ts";\nObject.assign(all.other, { a: 9 });', "() => all.k", {
        "k.ts": "export const k = { a: 1 };export const other = { a: 1 };\n",
      }),
    ],
    [
      "an object that a module of the bundle changes as it starts",
      of('import { k } from "./k.ts";', "() => k", {
        "k.ts": "import { q } from './q.ts'; import './change.ts'; export const k = q;\n",
        "q.ts": "export const q = { a: 1 };\n",
        "change.ts": 'import { q } from "./q.ts";\nq.a = 2;\n',
      }),
    ],
    [
      "an object that a module changes which is imported for its types",
      of('import { k } from "./k.ts"; import type { T } from "./change.ts"; let t: T | undefined;', "() => k", {
        "k.ts": "export const k = { a: 1 };\n",
        "change.ts": 'import { k } from "./k.ts";\nk.a = 2; export type T = string;\n',
      }),
    ],
    [
      "an instance whose methods only read",
      of(
        "class P { #x = 2; y = [1]; get twice() { return this.#x * 2 } sum() { return this.y.length + this.twice } }\nconst k = new P(); console.assert(k.sum() + k.twice > 0);",
        "() => [k.sum(), k.twice]",
      ),
    ],
    ["a frozen constant", of("const k = Object.freeze({ a: 1 }); const names = Object.keys(k);")],
    [
      "a pattern that is replaced by",
      of("const k = /a/g; const s = 'a'.replace(k, 'b'); const t = k.source;", "() => 'aa'.replace(k, 'c')"),
    ],
    [
      "a count that only the Lambda's functions keep",
      of('import { next } from "./k.ts";', "() => next()", { "k.ts": "let n = 0; export const next = () => ++n;\n" }),
    ],
    ["a deep copy that is changed", of(`${object}const c = structuredClone(k); c.a = 5; c.b.c = 3;`)],
    ["a copy by JSON that is changed", of(`${object}const c = JSON.parse(JSON.stringify(k)); c.a = 5;`)],
    [
      "a list that helper modules read",
      of(
        'import { total, names } from "./k.ts"; const k = [{ n: 1, tags: ["x"] }]; const t = total(k); const n = names(k).sort(); console.assert(t > 0 && n.length > 0);',
        "() => [k, total(k)]",
        {
          "k.ts":
            "export const total = (list: { n: number }[]) => list.reduce((sum, { n }) => sum + n, 0);\nexport const names = (list: { tags: string[] }[]) => list.flatMap(({ tags }) => tags);\n",
        },
      ),
    ],
    [
      "an object that is logged and compared",
      of(`${object}console.debug.bind(console); \`\${k.a}\`; typeof k; if (k.a === 1) void 0;`),
    ],
    [
      "a class whose instances are thrown and handed on elsewhere",
      of(
        "class Gone extends Error {}\nexport const fail = () => { throw new Gone(); };\nexport const seen = (f: any) => f(new Gone(), Gone);",
        "() => new Gone().message",
      ),
    ],
    [
      "JSON of which primitives are given to a package",
      inPackage(
        of(
          `import k from "./k.json" with { type: "json" }; import { f } from "dep"; f(k.a); k.l.map((x) => f(x)); for (const x of k.l) f(x);`,
          "() => k",
          { "k.json": `{ "a": 1, "l": ["x"] }` },
        ),
      ),
    ],
    [
      "a list of which primitives are given to a package",
      inPackage(
        of(
          `import { f } from "dep"; const k = ["a", "b"]; for (const x of k) f(x); f(k[0]); f(...k); f(k.join()); k.forEach((x) => f(x)); const [p] = k; f(p); f({ p });`,
        ),
      ),
    ],
    [
      "an enumeration of a package that is read and handed on",
      inPackage(of(`import { Status, f } from "dep"; String([Status.Active]); f(Status);`, "() => Status")),
    ],
    [
      "formats with a locale and a time zone that are written",
      of(
        "const f = new Intl.DateTimeFormat('en', { timeZone: 'UTC' }); const n = new Intl.NumberFormat('en');",
        "() => [f.format(0), n.format(5)]",
      ),
    ],
    [
      "makes dates of whole times",
      of(
        "const k = new Date('2025-01-01T00:00:00Z').toISOString(); const u = new Date(Date.UTC(2020, 1, 1)).getTime();",
        "() => [k, u]",
      ),
    ],
    ["computes", of("const k = Math.max(1, 2) + Math.PI;")],
    [
      "passes on the functions that read",
      of("const clock = { now: Date.now, random: Math.random };", "() => clock.now() > 5"),
    ],
    [
      "has them as the default of a parameter",
      of("const f = (now: () => number = Date.now) => now() > 1;", "() => f()"),
    ],
    [
      "has methods of its own that are called like those that read",
      of("const local = { now: () => 5 }; const k = local.now();"),
    ],
    [
      "has methods of its own that are called like those of dates",
      of("const calendar = { getDay: () => 5 }; const k = calendar.getDay();"),
    ],
    [
      "hashes",
      of("import { createHash } from 'node:crypto'; const k = createHash('sha256').update('a').digest('hex');"),
    ],
    ["joins paths", of("import path from 'node:path'; const k = path.posix.join('a', 'b') + path.basename('x/y');")],
    ["inspects", of("import { promisify, inspect } from 'node:util'; const k = inspect({ a: 1 });")],
    [
      "calls what only computes of globalThis",
      of("const k = globalThis.structuredClone({ a: 1 }).a + globalThis.Math.max(1, 2);"),
    ],
    ["takes a URL apart", of("const k = new URL('https://x.y/z').pathname + new TextEncoder().encode('a').length;")],
    [
      "reads in a function that the handler calls",
      of(
        "const f = () => globalThis.process.env['NOTHING'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;",
        "() => f()",
      ),
    ],
    ["has a class whose methods read", of("class C { now() { return Date.now(); } at = 5; }\nconst k = new C().at;")],
    ["has a variable of its own called process", of("const process = { env: { A: 1 } }; const k = process.env.A;")],
    ["encodes", of("const k = Buffer.from('a').toString('base64');")],
    ["sorts by a locale", of("const k = ['b', 'a'].sort(new Intl.Collator('en').compare).join();")],
  ];
  for (const [what, files] of cases) {
    it(what, async () => {
      const requests = await requestsOf(project(files), fileOf(files));
      const direct = await Promise.all(requests.map(({ handler }): unknown => Reflect.apply(handler, undefined, [{}])));
      const bundles = await bundleLambdas(requests);
      const bundled = await Promise.all(bundles.map((each) => invoke(each, {})));
      expect(bundled).to.deep.equal(direct);
    });
  }
});
