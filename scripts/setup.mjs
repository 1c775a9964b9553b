/**
 * Sets up a fresh clone: npm's packages (Node 24 among them), a Python virtual environment, a Java 17 and Spark's jars.
 * Runs before `npm start` and `npm test`, on any Node from 20, with nothing but Node's own modules. Each step is done
 * once and again only when what it depends on changed; it says on stderr what it does and is silent when all is there.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";
const python = join(root, ".venv", windows ? "Scripts/python.exe" : "bin/python");

/** What the user has to mend; shown without a stack trace. */
class SetupError extends Error {}

const digest = (...files) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
};

function run(command, args, hint) {
  // Setup's stdout belongs to the command that comes after it, so all output of the tools goes to stderr.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: windows });
  if (status === 0) return;
  throw new SetupError(`\`${command} ${args.join(" ")}\` failed (${error?.message ?? `exit code ${status}`}). ${hint}`);
}

function findPython() {
  // Glue 5.1 runs 3.11; PySpark 3.5 knows nothing newer than 3.12, so those two come first.
  for (const candidate of ["python3.11", "python3.12", "python3", "python"]) {
    const { status, stdout } = spawnSync(candidate, ["-c", "import sys; print(sys.version_info >= (3, 11))"], {
      encoding: "utf8",
    });
    if (status === 0 && stdout.trim() === "True") return candidate;
  }
  throw new SetupError(
    "No Python 3.11 or newer was found on PATH. Install one (3.11 is what Glue 5.1 runs) and try again.",
  );
}

function installPython() {
  if (!existsSync(python))
    run(findPython(), ["-m", "venv", ".venv"], "On Debian and Ubuntu the package python3-venv may be missing.");
  run(
    python,
    [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--require-hashes",
      "-r",
      "requirements/dev.txt",
    ],
    "Is the Python package index reachable?",
  );
}

const steps = [
  {
    name: "npm packages",
    state: () => digest("package-lock.json"),
    there: () =>
      existsSync(join(root, "node_modules/.bin/node")) || existsSync(join(root, "node_modules/.bin/node.cmd")),
    install: () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "Is the npm registry reachable?"),
  },
  {
    name: "Python packages (a few minutes the first time)",
    state: () => digest("requirements/dev.txt"),
    there: () => existsSync(python),
    install: installPython,
  },
  {
    name: "Spark's jars",
    state: () => digest("requirements/dev.txt", "scripts/spark_jars.py"),
    there: () => existsSync(join(root, ".cache/spark-jars")),
    install: () => run(python, ["scripts/spark_jars.py"], "Is the Maven repository reachable?"),
  },
];

function setUp() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) throw new SetupError(`Node ${process.versions.node} is too old: 20 or newer is needed.`);
  const stamps = join(root, ".cache/setup.json");
  const done = existsSync(stamps) ? JSON.parse(readFileSync(stamps, "utf8")) : {};
  for (const { name, state, there, install } of steps) {
    const wanted = state();
    if (done[name] === wanted && there()) continue;
    process.stderr.write(`Setting up: ${name}\n`);
    const start = Date.now();
    install();
    process.stderr.write(`Set up: ${name} (${Math.round((Date.now() - start) / 1000)} s)\n`);
    done[name] = wanted;
    mkdirSync(join(root, ".cache"), { recursive: true });
    writeFileSync(stamps, `${JSON.stringify(done, null, 2)}\n`);
  }
}

try {
  setUp();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
