/** The feature table of the DSL: a row for each field of ASL in JSONata mode. */
import { choiceRows } from "./choice.ts";
import { distributedMapRows } from "./distributed_map.ts";
import { errorRows } from "./errors.ts";
import { integrationRows } from "./integrations.ts";
import { machineRows } from "./machine.ts";
import { mapReaderRows } from "./map_readers.ts";
import { mapWriterRows } from "./map_writer.ts";
import { mapRows } from "./map.ts";
import { parallelRows } from "./parallel.ts";
import type { Row } from "./row.ts";
import { serviceRows } from "./services.ts";
import { simpleRows } from "./simple.ts";
import { stateRows } from "./state.ts";
import { taskRows } from "./task.ts";

/** Parts of the table, by their titles. */
export const features: Readonly<Record<string, readonly Row[]>> = {
  "The machine": machineRows,
  "All states": stateRows,
  Task: taskRows,
  "Task: patterns of integration": serviceRows,
  "Task: services": integrationRows,
  "Retry and Catch": errorRows,
  "Pass, Wait, Succeed, Fail": simpleRows,
  Choice: choiceRows,
  Parallel: parallelRows,
  Map: mapRows,
  "Map, distributed": distributedMapRows,
  "Map, distributed: ItemReader": mapReaderRows,
  "Map, distributed: ResultWriter": mapWriterRows,
};
