/**
 * Finds Pulumi's command line, or builds it: where `pulumi` isn't on PATH, Go makes it and its Node language host from
 * the module proxy, into `.cache/pulumi/bin` (some ten minutes the first time, nothing after that).
 *
 *   node scripts/pulumi-cli.mjs           finds or builds, then prints the folder to put on PATH
 *   node scripts/pulumi-cli.mjs --check   only says whether that would work: prints `ready`, `buildable` or `missing`
 *
 * Progress goes to stderr. Exit code 1: it can't be had here, and stderr says why.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const home = join(root, ".cache/pulumi");
const bin = join(home, "bin");
const exe = process.platform === "win32" ? ".exe" : "";

/** The host is older than the engine on purpose: it is the last one that is a package of a module the proxy has. */
const programs = [
  {
    name: "pulumi",
    title: "Pulumi's engine and command line 3.259.0",
    module: "github.com/pulumi/pulumi/pkg/v3",
    version: "v3.259.0",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    flags: ["-ldflags", "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0"],
  },
  {
    name: "pulumi-language-nodejs",
    title: "Pulumi's language host for Node",
    module: "github.com/pulumi/pulumi/sdk/v3",
    version: "v3.65.0",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    flags: ["-ldflags", "-s -w"],
  },
];

/** What the user has to mend; shown without a stack trace. */
class PulumiCliError extends Error {}

/** The folder of a program on PATH, or undefined. */
const onPath = (name) =>
  (process.env.PATH ?? "").split(delimiter).find((folder) => folder !== "" && existsSync(join(folder, name + exe)));

const stamp = join(home, "built.json");
const built = () => (existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {});
const isBuilt = ({ name, module, version }) =>
  existsSync(join(bin, name + exe)) && built()[name] === `${module}@${version}`;

function run(command, args, cwd) {
  // stdout is for the folder alone. A build is patient: it yields to whatever else the machine does.
  const [program, ...rest] = onPath("nice") && exe === "" ? ["nice", "-n", "15", command, ...args] : [command, ...args];
  const { status, error } = spawnSync(program, rest, {
    cwd,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, GOWORK: "off" },
  });
  if (status === 0) return;
  throw new PulumiCliError(
    `\`${command} ${args.join(" ")}\` failed in ${cwd} (${error?.message ?? `exit code ${status}`}). ` +
      "Is the Go module proxy reachable? Otherwise install Pulumi (https://www.pulumi.com/docs/install/), and it is used instead.",
  );
}

function build(program) {
  const start = Date.now();
  process.stderr.write(`Building ${program.title} from the Go module proxy\n`);
  const folder = join(home, "build", program.name);
  mkdirSync(folder, { recursive: true });
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(folder, "go.mod"), `module lakehouse.local/${program.name}\n\ngo 1.21\n`);
  run("go", ["get", `${program.module}@${program.version}`], folder);
  const draft = join(bin, `${program.name}${exe}.${process.pid}`);
  run("go", ["build", "-mod=mod", "-trimpath", ...program.flags, "-o", draft, program.package], folder);
  renameSync(draft, join(bin, program.name + exe));
  writeFileSync(stamp, JSON.stringify({ ...built(), [program.name]: `${program.module}@${program.version}` }));
  process.stderr.write(`Built ${program.title} in ${Math.round((Date.now() - start) / 1000)} s\n`);
}

function find() {
  const installed = onPath("pulumi");
  if (installed !== undefined && onPath("pulumi-language-nodejs") !== undefined)
    return { state: "ready", folder: installed };
  if (programs.every(isBuilt)) return { state: "ready", folder: bin };
  return { state: onPath("go") === undefined ? "missing" : "buildable", folder: bin };
}

function main() {
  const { state, folder } = find();
  if (process.argv.includes("--check")) return process.stdout.write(`${state}\n`);
  if (state === "missing") {
    throw new PulumiCliError(
      `Neither Pulumi nor Go (to build it with) is on PATH. Install Pulumi (https://www.pulumi.com/docs/install/) or Go 1.21 or newer, and try again.`,
    );
  }
  if (state === "buildable") for (const program of programs) if (!isBuilt(program)) build(program);
  return process.stdout.write(`${folder}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof PulumiCliError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
