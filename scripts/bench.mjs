/**
 * Runs the benchmarks (`tests/performance/*.bench.ts`), or those whose names contain one of the arguments. They compare
 * with packages that nothing else needs, which are installed into `tests/performance/node_modules` the first time.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../tests/performance", import.meta.url));
const lock = createHash("sha256")
  .update(readFileSync(join(folder, "package-lock.json")))
  .digest("hex");
const stamp = join(folder, "node_modules/.installed");

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (status === 0) return;
  process.stderr.write(`\`${command} ${args.join(" ")}\` failed (${error?.message ?? `exit code ${status}`}).\n`);
  process.exit(1);
}

function install() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  process.stderr.write("Setting up: the packages that are compared with\n");
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  // What the tools print is not part of the results.
  run("npm", ["ci", "--ignore-scripts", ...quiet], { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  writeFileSync(stamp, lock);
}

function environment() {
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const versions = Object.keys(packages[""].dependencies).map(
    (name) => `${name} ${packages[`node_modules/${name}`].version}`,
  );
  const processors = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = `load ${loadavg()[0].toFixed(1)}`;
  return [`Node ${process.versions.node}`, ...versions, platform(), arch(), processors, memory, load].join(", ");
}

install();
run(process.execPath, [fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url)), "-p", "."]);
process.stdout.write(`${environment()}\n`);
const wanted = process.argv.slice(2);
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith(".bench.ts"))
  .sort()) {
  if (wanted.length === 0 || wanted.some((part) => file.includes(part))) run(process.execPath, [file]);
}
