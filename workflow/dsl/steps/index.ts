/** The language's surface over a writer. */
import { callSite } from "../bundle/index.ts";
import { contextIn } from "../expressions/context.ts";
import type { Flow } from "../flow.ts";
import type { Writer } from "../writer.ts";
import { choose, ifElse, match } from "./choice.ts";
import { poll, repeat } from "./loop.ts";
import { distributedMap, map } from "./map.ts";
import { parallel } from "./parallel.ts";
import { fail, letValue, succeed, wait } from "./simple.ts";
import { athena, callback, lambda, lambdaCallback, task } from "./task.ts";
import { tryCatch } from "./try.ts";

export const flowOf = (writer: Writer): Flow => ({
  context: contextIn(writer.execution, callSite()),
  lambda: lambda(writer),
  lambdaCallback: lambdaCallback(writer),
  task: task(writer),
  callback: callback(writer),
  athena: athena(writer),
  if: ifElse(writer),
  choose: choose(writer),
  match: match(writer),
  parallel: parallel(writer),
  map: map(writer),
  distributedMap: distributedMap(writer),
  poll: poll(writer),
  repeat: repeat(writer),
  wait: wait(writer),
  let: letValue(writer),
  try: tryCatch(writer),
  succeed: succeed(writer),
  fail: fail(writer),
});
