import { expect } from "chai";
import { BundleError, bundleLambdas, type BundleProblem } from "../../../../workflow/dsl/bundle/index.ts";
import { of, type Files } from "./captures.ts";
import { project, removeProjects, requestsOf } from "./sandbox.ts";

const problemsOf = async (files: Files): Promise<readonly BundleProblem[]> =>
  bundleLambdas(await requestsOf(project(files))).then(
    () => [],
    (error: unknown) => (error instanceof BundleError ? error.problems : []),
  );

/** What a problem says would be read. */
const readOf = ({ message }: BundleProblem): string =>
  /`(.*?)` (?:would be read again|is not the module's own)/.exec(message)?.[1] ?? message;

describe("A Lambda is refused when a constant that it captures is", () => {
  after(removeProjects);

  const cases: readonly [expression: string, read: string][] = [
    ["globalThis.process.env.HOME", "globalThis.process.env.HOME"],
    ["globalThis['process'].env.HOME", "globalThis['process'].env.HOME"],
    ["global.process.pid", "global.process.pid"],
    ["globalThis['pro' + 'cess'].pid", "globalThis['pro' + 'cess'].pid"],
    ["Reflect.get(globalThis, 'process').pid", "globalThis"],
    ["Intl.DateTimeFormat().resolvedOptions().timeZone", "Intl.DateTimeFormat()"],
    ["new Intl.DateTimeFormat('en').format(0)", "new Intl.DateTimeFormat()"],
    ["new Intl.NumberFormat().resolvedOptions().locale", "new Intl.NumberFormat()"],
    ["Intl['DateTimeFormat']().resolvedOptions().timeZone", "Intl['DateTimeFormat']()"],
    ["globalThis.Intl.DateTimeFormat().resolvedOptions().timeZone", "globalThis.Intl.DateTimeFormat()"],
    ["Date.now()", "Date.now()"],
    ["Date['now']()", "Date['now']()"],
    ["globalThis.Date.now()", "globalThis.Date.now()"],
    ["new globalThis.Date().getTime()", "new globalThis.Date()"],
    ["Date()", "Date()"],
    ["+new Date", "new Date()"],
    ["Math.random()", "Math.random()"],
    ["Math['random']()", "Math['random']()"],
    ["crypto.randomUUID()", "crypto.randomUUID()"],
    ["globalThis.crypto.randomUUID()", "globalThis.crypto.randomUUID()"],
    ["performance.now()", "performance.now"],
    ["globalThis.performance.now()", "globalThis.performance.now"],
    ["navigator.hardwareConcurrency", "navigator.hardwareConcurrency"],
    ["new Date(2020, 1, 1).getTime()", "new Date()"],
    ["new Date(0).getTimezoneOffset()", "new Date(0).getTimezoneOffset()"],
    ["new Date(0).getHours()", "new Date(0).getHours()"],
    ["new Date(0).toLocaleString()", "new Date(0).toLocaleString()"],
    ["new Date(0).toLocaleDateString('en')", "new Date(0).toLocaleDateString()"],
    ["(1e6).toLocaleString()", "(1e6).toLocaleString()"],
    ["[1].map(Math.random)[0]", "Math.random"],
    ["Array.from({ length: 1 }, Math.random)[0]", "Math.random"],
    ["Date.now.call(Date)", "Date.now.call()"],
    ["Math.random.apply(Math)", "Math.random.apply()"],
    ["(() => Date.now())()", "Date.now()"],
    ["[0].map(() => Date.now())[0]", "Date.now()"],
    ["typeof fetch === 'x' ? 1 : fetch('http://127.0.0.1:1').catch(() => 1)", "fetch()"],
  ];
  for (const [expression, read] of cases) {
    it(expression, async () => {
      const problems = await problemsOf(of(`const k: any = ${expression};`));
      expect(problems.map(readOf).join(", ")).to.equal(read);
    });
  }
});

describe("A Lambda is refused when what it captures reads", () => {
  after(removeProjects);

  const cases: readonly [what: string, files: Files, places: string][] = [
    [
      "the environment through globalThis.process",
      of("const { env } = globalThis.process; const k = env.HOME;"),
      "machine.ts:1:17 globalThis.process",
    ],
    [
      "the environment through another name of globalThis",
      of("const g = globalThis; const k = g.process.env.HOME;"),
      "machine.ts:1:11 globalThis",
    ],
    [
      "the process through a pattern of globalThis",
      of("const { process: p } = globalThis; const k = p.env.HOME;"),
      "machine.ts:1:24 globalThis",
    ],
    ["the clock through a pattern of Date", of("const { now } = Date; const k = now();"), "machine.ts:1:33 now()"],
    ["chance through a constant", of("const random = Math.random; const k = random();"), "machine.ts:1:39 random()"],
    [
      "the imported process",
      of("import process from 'node:process'; const k = process.pid;"),
      "machine.ts:1:47 process.pid",
    ],
    ["the imported environment", of("import { env as e } from 'process'; const k = e.HOME;"), "machine.ts:1:47 e.HOME"],
    [
      "the environment of the whole module",
      of("import * as p from 'node:process'; const k = p.env.HOME;"),
      "machine.ts:1:46 p.env.HOME",
    ],
    ["the host's name", of("import os from 'node:os'; const k = os.hostname();"), "machine.ts:1:37 os.hostname()"],
    [
      "the host's name by an imported function",
      of("import { hostname as h } from 'os'; const k = h();"),
      "machine.ts:1:47 h()",
    ],
    [
      "the host's name through a pattern",
      of("import os from 'node:os'; const { hostname } = os; const k = hostname();"),
      "machine.ts:1:62 hostname()",
    ],
    [
      "the host's name by a quoted property",
      of("import os from 'node:os'; const k = os['hostname']();"),
      "machine.ts:1:37 os['hostname']()",
    ],
    [
      "the host's name by the module's default",
      of("import * as os from 'node:os'; const k = os.default.hostname();"),
      "machine.ts:1:42 os.default.hostname()",
    ],
    ["the system's end of line", of("import { EOL } from 'node:os'; const k = EOL + 'x';"), "machine.ts:1:42 EOL"],
    [
      "the system's separator of paths",
      of("import path from 'node:path'; const k = path.sep;"),
      "machine.ts:1:41 path.sep",
    ],
    [
      "a random name",
      of("import { randomUUID } from 'node:crypto'; const k = randomUUID();"),
      "machine.ts:1:53 randomUUID()",
    ],
    [
      "a random name by the module's default",
      of("import * as c from 'node:crypto'; const k = c.default.randomUUID();"),
      "machine.ts:1:45 c.default.randomUUID()",
    ],
    [
      "random bytes by a quoted property",
      of("import c from 'node:crypto'; const k = c['randomBytes'](2).toString('hex');"),
      "machine.ts:1:40 c['randomBytes']()",
    ],
    [
      "a random name of webcrypto",
      of("import { webcrypto } from 'node:crypto'; const k = webcrypto.randomUUID();"),
      "machine.ts:1:52 webcrypto.randomUUID()",
    ],
    [
      "a file through a constant",
      of("import fs from 'node:fs'; const read = fs.readFileSync; const k = read('/etc/hostname', 'utf8');"),
      "machine.ts:1:67 read()",
    ],
    ["import.meta", of("const k = import.meta.dirname;"), "machine.ts:1:11 import.meta"],
    [
      "the clock in an object's function",
      of("const clock = { now: () => Date.now() }; const k = clock.now();"),
      "machine.ts:1:28 clock.now → Date.now()",
    ],
    [
      "the clock in an object's method",
      of("const clock = { now() { return Date.now(); } }; const k = clock.now();"),
      "machine.ts:1:32 clock.now → Date.now()",
    ],
    [
      "the clock in a static method",
      of("class C { static now() { return Date.now(); } }\nconst k = C.now();"),
      "machine.ts:1:33 C.now → Date.now()",
    ],
    [
      "the clock in an instance's method",
      of("class C { now() { return Date.now(); } }\nconst k = new C().now();"),
      "machine.ts:1:26 new C().now → Date.now()",
    ],
    [
      "the clock in a static block",
      of("class C { static at = 0; static { C.at = Date.now(); } }", "() => C.at", {}),
      "machine.ts:1:42 Date.now()",
    ],
    [
      "the clock in an inherited field",
      of("class P { at = Date.now(); }\nclass C extends P {}\nconst k = new C().at;"),
      "machine.ts:1:16 C → P → Date.now()",
    ],
    [
      "the clock in a module's member",
      of("import * as clock from './h.ts'; const k = clock.now();", "() => String(k)", {
        "h.ts": "export const now = () => Date.now();",
      }),
      "h.ts:1:26 clock.now → Date.now()",
    ],
    [
      "the clock in an imported class",
      of("import { C } from './h.ts'; const k = new C().at;", "() => String(k)", {
        "h.ts": "export class C { at = Date.now(); }",
      }),
      "h.ts:1:23 C → Date.now()",
    ],
    [
      "the clock in an imported object",
      of("import { clock } from './h.ts'; const k = clock.now();", "() => String(k)", {
        "h.ts": "export const clock = { now: () => Date.now() };",
      }),
      "h.ts:1:35 clock.now → Date.now()",
    ],
    [
      "the clock in a function that is exported by way of another module",
      of("import { now } from './i.ts'; const k = now();", "() => String(k)", {
        "h.ts": "export const now = () => Date.now();",
        "i.ts": "export * from './h.ts';",
      }),
      "h.ts:1:26 now → Date.now()",
    ],
    [
      "the clock in a default export",
      of("import now from './h.ts'; const k = now();", "() => String(k)", {
        "h.ts": "export default () => Date.now();",
      }),
      "h.ts:1:22 now → Date.now()",
    ],
    [
      "the clock in a parameter's default",
      of("const f = (at = Date.now()) => at; const k = f();"),
      "machine.ts:1:17 f → Date.now()",
    ],
    [
      "the clock in a getter",
      of("const clock = { get now() { return Date.now(); } }; const k = clock.now;"),
      "machine.ts:1:36 clock.now → Date.now()",
    ],
    [
      "the clock in a template's tag",
      of("const at = (_: any) => Date.now(); const k = at`x`;"),
      "machine.ts:1:24 at → Date.now()",
    ],
    [
      "the environment in a helper module",
      of("import { k } from './h.ts';", "() => String(k)", {
        "h.ts": "export const k = globalThis.process.env['HOME'];",
      }),
      "h.ts:1:18 globalThis.process.env['HOME']",
    ],
    [
      "the environment by optional properties",
      of("const k = globalThis.process?.env?.HOME;"),
      "machine.ts:1:11 globalThis.process?.env?.HOME",
    ],
    ["the clock in a template", of("const k = `${Date.now()}`;"), "machine.ts:1:14 Date.now()"],
    [
      "chance in a function within a function",
      of("const f = () => { const g = () => Math.random(); return g(); }; const k = f();"),
      "machine.ts:1:35 f → g → Math.random()",
    ],
  ];
  for (const [what, files, places] of cases) {
    it(what, async () => {
      const problems = await problemsOf(files);
      const found = problems.map((each) => `${each.file}:${each.line}:${each.column} ${readOf(each)}`);
      expect(found.join(", ")).to.equal(places);
    });
  }
});
