/** Step Functions in typed TypeScript: write a workflow, compile it to ASL (JSONata), its Lambdas and its permissions. */
export { BundleError, bundleHandler, type LambdaBundle } from "./bundle/index.ts";
export { compile, define, type Compiled, type Defined, type LambdaSettings, type LambdaSpec } from "./compile.ts";
export * from "./error_names.ts";
export { days, hours, minutes, seconds } from "./duration.ts";
export type { Context } from "./expressions/context.ts";
export { JsonataError, type JsonataProblem } from "./expressions/jsonata_error.ts";
export type { Block, CaughtError, Flow, Payload, Yielded } from "./flow.ts";
export * from "./operators.ts";
export { CompileError, textOfFinding, type Finding, type Problem } from "./problem.ts";
export type { Ref, RefBase, Resolve, Value } from "./ref.ts";
export { lambdaToken, render } from "./tokens.ts";
export { errorName } from "./sdk.ts";
export * from "./calls/index.ts";
export {
  csvRows,
  inventory,
  itemsOf,
  itemsUnder,
  jsonItems,
  jsonLines,
  objectsIn,
  parquetRows,
  type Items,
  type ListedObject,
} from "./items.ts";
export type {
  AthenaOptions,
  CallbackOptions,
  DistributedMapOptions,
  LambdaOptions,
  MapOptions,
  RetryOptions,
  StepOptions,
  TaskOptions,
} from "./options.ts";
export * from "./resources/index.ts";
export { allow, type Statement } from "./statement.ts";
export { tasksFile, tasksPath, TypesError } from "./tasks/index.ts";
export { mocksOf, type Handlers, type Mock, type MockCall, type Mocks, type TaskTypes } from "./tasks/mocks.ts";
export type { Retry } from "./tree.ts";
export { workflow, type InputOf, type OutputOf, type Workflow } from "./workflow.ts";
export type { Ended } from "./writer.ts";
