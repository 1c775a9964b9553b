/** Writes the table of workflow/dsl/FEATURES.md from its rows: `node scripts/feature_table.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { place, withTable } from "../tests/unit/dsl/features/page.ts";

writeFileSync(place, await withTable(readFileSync(place, "utf8")));
