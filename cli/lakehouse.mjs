#!/usr/bin/env node
/** What `bin` names. The command is the project's: the package has its libraries alone, and says so (exit code 2). */
import { existsSync } from "node:fs";

const main = new URL("main.ts", import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write(
    "The lakehouse command works on the project and runs in a clone of it: npm run --silent lakehouse -- --help\n" +
      "This package has its libraries: ecommerce-lakehouse/workflow and ecommerce-lakehouse/simulator.\n",
  );
  process.exitCode = 2;
}
