import { expect } from "chai";
import { BundleError, bundleLambdas, type BundleProblem } from "../../../../workflow/dsl/bundle/index.ts";
import { fileOf, inPackage, machine, of, type Files } from "./captures.ts";
import { project, removeProjects, requestsOf } from "./sandbox.ts";

const object = "const k: any = { a: 1, b: { c: 1 } };\n";

/** A problem's place, and the captured name with the one that it has there. */
function placeOf({ file, line, column, message }: BundleProblem): string {
  const [, name, alias] = /the captured `([^`]*)` may be changed here(?: as `([^`]*)`)?/.exec(message) ?? [];
  return `${file}:${line}:${column} ${name}${alias === undefined ? "" : ` as ${alias}`}`;
}

const message = async (files: Files): Promise<string> =>
  bundleLambdas(await requestsOf(project(files), fileOf(files))).then(
    () => "",
    (error: unknown) => (error instanceof BundleError ? error.message : String(error)),
  );

describe("A Lambda is refused when code outside its bundle changes", () => {
  after(removeProjects);

  const cases: readonly [what: string, files: Files, place: string][] = [
    [
      "a `let` that a function of its module changes, called at deployment",
      of('import { k, bump } from "./k.ts"; bump();', "() => k", {
        "k.ts": "export let k = 1;\nexport const bump = () => { k++ };\n",
      }),
      "k.ts:2:29 k",
    ],
    ["a part through another name", of(`${object}const alias = k; alias.a = 5;`), "machine.ts:2:18 k as alias"],
    ["a part through a destructured name", of(`${object}const { b } = k; b.c = 5;`), "machine.ts:2:18 k as b"],
    ["an element in a loop", of("const k = [{ b: 1 }];\nfor (const x of k) x.b = 5;"), "machine.ts:2:20 k as x"],
    ["an element of a list that holds it", of(`${object}const all = [k]; all[0].a = 5;`), "machine.ts:2:18 k as all"],
    ["a part of a shallow copy", of(`${object}const c = { ...k }; c.b.c = 5;`), "machine.ts:2:21 k as c"],
    [
      "what a template's tag is given",
      of(`${object}const tag = (_: any, x: any) => { x.a = 5; }; tag\`\${k}\`;`),
      "machine.ts:2:35 k as x",
    ],
    [
      "a static field, by a static method",
      of("class A { static n = 1; static inc() { A.n += 1 } }\nA.inc();", "() => A.n"),
      "machine.ts:1:40 A",
    ],
    [
      "a static field, by a static method's this",
      of("class A { static n = 1; static inc() { this.n += 1 } }\nA.inc();", "() => A.n"),
      "machine.ts:1:40 this",
    ],
    [
      "a static field, by the constructor",
      of("class A { static n = 1; constructor() { A.n++ } }\nnew A();", "() => A.n"),
      "machine.ts:1:41 A",
    ],
    [
      "a module's member",
      of('import * as all from "./k.ts";\nObject.assign(all.k, { a: 9 });', "() => all.k", {
        "k.ts": "export const k = { a: 1 };\n",
      }),
      "machine.ts:2:15 all.k",
    ],
    [
      "an object in a third module",
      of('import { k } from "./k.ts"; import "./change.ts";', "() => k", {
        "k.ts": "export const k = { a: 1 };\n",
        "change.ts": 'import { k } from "./k.ts";\nk.a = 2;\n',
      }),
      "change.ts:2:1 k",
    ],
    [
      "an object in a third module under another name",
      of('import k from "./index.ts"; import "./change.ts";', "() => k", {
        "k.ts": "const k = { a: 1 };export default k;\n",
        "index.ts": 'export { default } from "./k.ts";\n',
        "change.ts": 'import q from "./k.ts";\nq.a = 2;\n',
      }),
      "change.ts:2:1 q",
    ],
    [
      "an object that is exported by way of another module",
      of('import { k } from "./index.ts"; import "./change.ts";', "() => k", {
        "k.ts": "export const k = { a: 1 };\n",
        "index.ts": 'export * from "./k.ts";\n',
        "change.ts": 'import { k as q } from "./k.ts";\nq.a = 2;\n',
      }),
      "change.ts:2:1 q",
    ],
    [
      "a default export",
      of('import k from "./k.ts"; k.a = 2;', "() => k", { "k.ts": "export default { a: 1 };\n" }),
      "machine.ts:1:25 k",
    ],
    [
      "an export of the machine's file, in a module that imports it back",
      of('import { set } from "./change.ts"; export const k = { a: 1 }; set();', "() => k", {
        "change.ts": 'import { k } from "./machine.ts";\nexport const set = () => { k.a = 2; }\n',
      }),
      "change.ts:2:28 k",
    ],
    [
      "a generator that is read",
      of("function* gen() { yield 1; yield 2; }\nconst k = gen(); const [first] = k;", "() => [...k]"),
      "machine.ts:2:34 k",
    ],
    [
      "an iterator that is read",
      of("const k = [1, 2].values(); for (const x of k) break;", "() => [...k]"),
      "machine.ts:1:44 k",
    ],
    [
      "a field that a getter counts up",
      of("const k = { n: 0, get next() { return ++this.n } };\nk.next;", "() => k.n"),
      "machine.ts:2:1 k",
    ],
    [
      "a field by its setter",
      of("const k = { n: 0, set next(v: number) { this.n = v } };\nk.next = 4;", "() => k.n"),
      "machine.ts:2:1 k",
    ],
    [
      "a property by Object.defineProperty",
      of(`${object}Object.defineProperty(k, 'a', { value: 7 });`),
      "machine.ts:2:23 k",
    ],
    ["a property by Reflect.set", of(`${object}Reflect.set(k, 'a', 7);`), "machine.ts:2:13 k"],
    [
      "a list in a helper module's function",
      of('import { add } from "./add.ts"; const k: any[] = []; add(k);', "() => k", {
        "add.ts": "export const add = (list: any[]) => { list.push(1); };\n",
      }),
      "add.ts:1:39 k as list",
    ],
    [
      "a helper module's own Map",
      of('import { register, k } from "./add.ts"; register("x");', "() => [...k]", {
        "add.ts": "export const k = new Map();\nexport function register(x: string) { k.set(x, 1); }\n",
      }),
      "add.ts:2:39 k",
    ],
    ["a property that is deleted", of(`${object}delete k.a;`), "machine.ts:2:8 k"],
    ["a property that is counted up", of(`${object}++k.a;`), "machine.ts:2:3 k"],
    ["a property in an array's pattern", of(`${object}[k.a] = [9];`), "machine.ts:2:2 k"],
    [
      "properties in an object's pattern",
      of(`${object}({ x: k.a, y: k.b = 3 } = { x: 9 } as any);`),
      "machine.ts:2:7 k, machine.ts:2:15 k",
    ],
    ["a property as the target of a loop", of(`${object}for (k.a of [9]);`), "machine.ts:2:6 k"],
    [
      "a part of the rest of a pattern",
      of(`${object}const { a, ...rest } = k; rest.b.c = 9;`),
      "machine.ts:2:27 k as rest",
    ],
    [
      "the state of a closure",
      of('import { makeCounter } from "./c.ts"; const next = makeCounter(); next();', "() => next()", {
        "c.ts": "export const makeCounter = () => { let n = 0; return () => ++n; };\n",
      }),
      "machine.ts:1:67 next",
    ],
    [
      "an object by a closure that a helper returns",
      of('import { k, setter } from "./c.ts"; setter()(5);', "() => k", {
        "c.ts": "export const k = { a: 1 }; export const setter = () => (v: number) => { k.a = v; };\n",
      }),
      "c.ts:1:73 k",
    ],
    [
      "the state that two closures share",
      of(
        "const make = () => { let n = 0; return { bump: () => ++n, get: () => n }; };\nconst { bump, get } = make(); bump();",
        "() => get()",
      ),
      "machine.ts:2:31 bump",
    ],
    [
      "an object by a function that the Lambda has too",
      of(
        `${object}const set = (v: number) => { k.a = v; };\nset(5);`,
        "() => { const was = k.a; set(was); return k; }",
      ),
      "machine.ts:2:30 k",
    ],
    [
      "JSON",
      of('import k from "./k.json" with { type: "json" }; k.a = 2;', "() => k", { "k.json": '{ "a": 1 }\n' }),
      "machine.ts:1:49 k",
    ],
    ["an element in forEach", of("const k = [{ b: 1 }]; k.forEach((x) => { x.b = 5; });"), "machine.ts:1:42 k as x"],
    [
      "an element in a function that forEach calls",
      of("const k = [{ b: 1 }]; const f = (x: any) => { x.b = 5; }; k.forEach(f);"),
      "machine.ts:1:47 k as x",
    ],
    [
      "an element of what map returned",
      of("const k = [{ b: 1 }]; const q = k.map((x) => ({ x })); q[0]!.x.b = 5;"),
      "machine.ts:1:56 k as q",
    ],
    [
      "an element of what filter returned",
      of("const k = [{ b: 1 }]; k.filter((x) => x.b)[0]!.b = 5;"),
      "machine.ts:1:23 k, machine.ts:1:39 k as x",
    ],
    [
      "a value of Object.values",
      of("const k: any = { b: {} };for (const v of Object.values(k) as any[]) v.c = 5;"),
      "machine.ts:1:69 k as v",
    ],
    [
      "a value of Object.entries",
      of("const k: any = { b: {} };for (const [, v] of Object.entries(k) as any[]) v.c = 5;"),
      "machine.ts:1:74 k as v",
    ],
    ["what a function returns", of(`${object}const get = () => k; get().a = 5;`), "machine.ts:2:22 k as get"],
    [
      "what a method returns",
      of(`${object}const api = { limits() { return k; } }; api.limits().a = 5;`),
      "machine.ts:2:41 k as api",
    ],
    ["what was stored in an object", of(`${object}const o: any = {}; o.k = k; o.k.a = 5;`), "machine.ts:2:29 k as o"],
    ["what was stored in a list", of(`${object}const o: any[] = []; o.push(k); o[0].a = 5;`), "machine.ts:2:33 k as o"],
    [
      "what may be changed by an instance that keeps it",
      of(`${object}class S { k: any; constructor(x: any) { this.k = x; } set() { this.k.a = 5; } }\nnew S(k).set();`),
      "machine.ts:2:50 k as x",
    ],
    ["one of two objects", of(`${object}(Date.now() > 1 ? k : {}).a = 5;`), "machine.ts:2:19 k"],
    ["what a variable was set to", of(`${object}let o: any; o = k; o.a = 5;`), "machine.ts:2:20 k as o"],
    ["a pattern's default", of(`${object}const { x = k } = {} as any; x.a = 5;`), "machine.ts:2:30 k as x"],
    ["a parameter's default", of(`${object}const f = (x = k) => { x.a = 5; }; f();`), "machine.ts:2:24 k as x"],
    [
      "one of the rest of parameters",
      of(`${object}const f = (...xs: any[]) => { xs[0].a = 5; }; f(k);`),
      "machine.ts:2:31 k as xs",
    ],
    [
      "a spread argument",
      of("const k = [{ a: 1 }]; const f = (x: any) => { x.a = 5; }; f(...k as [any]);"),
      "machine.ts:1:47 k as x",
    ],
    [
      "an argument of a function that is called in place",
      of(`${object}((x) => { x.a = 5; })(k);`),
      "machine.ts:2:11 k as x",
    ],
    [
      "an argument of apply",
      of(`${object}const f = (x: any) => { x.a = 5; }; f.apply(null, [k]);`),
      "machine.ts:2:52 k",
    ],
    ["an argument of bind", of(`${object}const f = (x: any) => { x.a = 5; }; f.bind(null, k)();`), "machine.ts:2:50 k"],
    [
      "a list by a method that is taken from it",
      of("const k = [1]; const push = k.push.bind(k); push(2);"),
      "machine.ts:1:29 k, machine.ts:1:41 k",
    ],
    ["a pattern that keeps its place", of("const k = /a/g; k.test('aa');", "() => k.test('a')"), "machine.ts:1:17 k"],
    [
      "a member of a module that is imported by a call",
      of(
        'import { k } from "./k.ts"; const run = async () => { const { k } = await import("./k.ts"); k.a = 5; }; await run();',
        "() => k",
        { "k.ts": "export const k = { a: 1 };\n" },
      ),
      "machine.ts:1:93 k as k",
    ],
    [
      "an object in a module that is imported by a call",
      of(
        'import { k } from "./k.ts"; const run = async () => { await import("./change.ts"); }; await run();',
        "() => k",
        { "k.ts": "export const k = { a: 1 };\n", "change.ts": 'import { k } from "./k.ts"; k.a = 2;\n' },
      ),
      "change.ts:1:29 k",
    ],
    [
      "a literal of the enclosing function",
      { "machine.ts": machine("", "() => k", "const k = { a: [1] }; const q = k.a; q.push(2);") },
      "machine.ts:3:38 k as q",
    ],
    [
      "the bytes below a view",
      of("const k = new Uint8Array(2); const q = k.subarray(1); q[0] = 1;", "() => [...k]"),
      "machine.ts:1:40 k",
    ],
    [
      "a field by a method called `get`",
      of("const k = { n: 0, get() { return this.n++; } }; k.get();", "() => k.n"),
      "machine.ts:1:49 k",
    ],
    [
      "a field by an inherited method",
      of("class P { n = 0; inc() { this.n++; } }\nclass Q extends P {}\nconst k = new Q(); k.inc();", "() => k.n"),
      "machine.ts:3:20 k",
    ],
    [
      "a static field, by an inherited method",
      of("class P { static n = 0; static inc() { this.n++; } }\nclass Q extends P {}\nQ.inc();", "() => Q.n"),
      "machine.ts:1:40 this",
    ],
    [
      "a private static field",
      of("class A { static #n = 1; static inc() { A.#n++; } static get n() { return A.#n; } }\nA.inc();", "() => A.n"),
      "machine.ts:1:41 A",
    ],
    ["a property of a function", of("const k: any = () => 1; k.n = 2;", "() => k.n"), "machine.ts:1:25 k"],
    [
      "a class's prototype",
      of("class A { x() { return 1; } }\nA.prototype.x = () => 2;", "() => new A().x()"),
      "machine.ts:2:1 A",
    ],
    [
      "a class's prototype by Object.assign",
      of("class A { x() { return 1; } }\nObject.assign(A.prototype, { x: () => 2 });", "() => new A().x()"),
      "machine.ts:2:15 A",
    ],
    [
      "a class through another name",
      of("class A { static n = 1; }\nconst B = A; B.n = 2;", "() => A.n"),
      "machine.ts:2:14 A as B",
    ],
    [
      "a function with a state, called on both sides",
      of('import { next } from "./k.ts"; next();', "() => next()", {
        "k.ts": "let n = 0; export const next = () => ++n;\n",
      }),
      "k.ts:1:40 n",
    ],
    [
      "a `let` that a third module's constant counts up",
      of('import { next } from "./k.ts"; import { q } from "./q.ts"; const z = q;', "() => next()", {
        "k.ts": "let n = 0; export const next = () => ++n;\n",
        "q.ts": 'import { next } from "./k.ts"; export const q = next();\n',
      }),
      "k.ts:1:40 n",
    ],
    ["an element of a copied list", of("const k = [{ a: 1 }]; Array.from(k)[0]!.a = 2;"), "machine.ts:1:34 k"],
    [
      "what a generator yields",
      of(`${object}function* g() { yield k; }\nfor (const x of g()) x.a = 5;`),
      "machine.ts:3:22 k as x",
    ],
    ["what is thrown and caught", of(`${object}try { throw k; } catch (e: any) { e.a = 5; }`), "machine.ts:2:13 k"],
    [
      "what a promise holds",
      of(`${object}const g = async () => k; void g().then((x) => { x.a = 5; }); await 0;`),
      "machine.ts:2:31 k as g",
    ],
    [
      "what an instance's method returns",
      of(`${object}class H { get() { return k; } }\nnew H().get().a = 5;`),
      "machine.ts:3:5 k as H",
    ],
    ["what a field holds", of(`${object}class H { limits = k; }\nnew H().limits.a = 5;`), "machine.ts:3:5 k as H"],
    [
      "a list by a method whose name is computed",
      of("const k = [1]; const name = 'push' as const; k[name](2);"),
      "machine.ts:1:46 k",
    ],
    [
      "a member of a module's module",
      of('import { ns } from "./index.ts"; ns.k.a = 5;', "() => ns.k", {
        "k.ts": "export const k = { a: 1 };\n",
        "index.ts": 'export * as ns from "./k.ts";\n',
      }),
      "machine.ts:1:34 ns.k",
    ],
    [
      "one of a function's arguments",
      of(`${object}function f(..._: any[]) { arguments[0].a = 5; }\nf(k);`),
      "machine.ts:3:3 k",
    ],
    ["properties by a computed name", of(`${object}for (const key in k) k[key] = 5;`), "machine.ts:2:22 k"],
    [
      "an object that a package's tag is given",
      inPackage(of("import tag from 'dep';const k = { a: 1 };tag`${k}`;")),
      "own/machine.ts:1:48 k",
    ],
    [
      "a package's object in a third module",
      inPackage(
        of(`import { Status } from "dep";import "./change.ts";`, "() => Status", {
          "change.ts": `import { Status } from "dep"; Status.Active = "x";`,
        }),
      ),
      "own/change.ts:1:31 Status",
    ],
  ];
  for (const [what, files, place] of cases) {
    it(what, async () => {
      const error: unknown = await bundleLambdas(await requestsOf(project(files), fileOf(files))).catch(
        (failure: unknown) => failure,
      );
      expect(error).to.be.instanceOf(BundleError);
      expect(error instanceof BundleError ? error.problems.map(placeOf).join(", ") : "").to.equal(place);
    });
  }
});

describe("The message of a lost change", () => {
  after(removeProjects);

  it("names the captured variable by the name that it has where it is changed, too", async () => {
    expect(await message(of("const k = { a: 1 };\nconst alias = k;\nalias.a = 5;"))).to.equal(
      'machine.ts:3:1 Lambda "Step": the captured `k` may be changed here as `alias`, by code that is not part of the bundle, so the Lambda would not see the change. Build `k` in one expression, or give this code a copy (structuredClone).',
    );
  });

  it("says where code of the bundle is called once more, and that a variable should be a constant", async () => {
    const files = of(`import { k, bump } from "./k.ts";\nbump();`, "() => k", {
      "k.ts": "export let k = 1;\nexport const bump = () => { k++ };\n",
    });
    expect(await message(files)).to.equal(
      'k.ts:2:29 Lambda "Step": the captured `k` may be changed here, by code that is called outside the bundle too (machine.ts:2), so the Lambda would not see the change. Make `k` a `const`, or pass its value in the payload.',
    );
  });
});
