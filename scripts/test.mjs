/** Runs every test suite and closes with one line of counts over all of them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, ".cache/tests");

const mocha = (folder, timeout, ...options) => ({
  name: folder,
  counts: `${folder}.json`,
  command: (counts) => [
    "mocha",
    // A handle that a test leaves open must not hold up the suites after it; child processes end with their parent.
    [
      ...options,
      "--exit",
      "--reporter",
      "scripts/test-reporter.cjs",
      "--timeout",
      String(timeout),
      `tests/${folder}/**/*.test.ts`,
    ],
    { TEST_COUNTS: counts },
  ],
  read: (counts) => JSON.parse(readFileSync(counts, "utf8")),
});

const suites = [
  mocha("unit", 10_000, "--parallel", "--jobs", "2"),
  mocha("types", 60_000),
  {
    name: "python",
    counts: "python.xml",
    command: (counts) => [join(root, ".venv/bin/python"), ["-m", "pytest", "--junitxml", counts], {}],
    read: (counts) => {
      const xml = readFileSync(counts, "utf8");
      const count = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? 0);
      const failed = count("failures") + count("errors");
      return { passed: count("tests") - failed - count("skipped"), failed, skipped: count("skipped") };
    },
  },
  mocha("integration", 600_000),
  mocha("engine", 600_000),
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, counts, command, read } of suites) {
  const file = join(results, counts);
  const [program, args, env] = command(file);
  process.stdout.write(`\n# ${name}\n`);
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  // A suite that broke off before it could count has failed, whatever it had passed.
  const found = existsSync(file) ? read(file) : { passed: 0, failed: 1, skipped: 0 };
  if (status !== 0 && found.failed === 0) found.failed = 1;
  for (const key of Object.keys(total)) total[key] += found[key];
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
