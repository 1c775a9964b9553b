/** A program with a single mistake, and the one problem that has to be told of it. */
import * as z from "zod";
import {
  activity,
  glueJob,
  httpConnection,
  s3Bucket,
  snsTopic,
  workflow,
  type Flow,
  type Ref,
  type Resources,
  type Workflow,
} from "../../../../workflow/dsl/index.ts";

const input = z.object({ key: z.string(), count: z.number(), keys: z.array(z.string()) });
const resources = {
  data: s3Bucket(),
  job: glueJob(),
  jobs: { orders: glueJob(), refunds: glueJob() },
  topic: snsTopic(),
  api: httpConnection(),
  worker: activity(),
};
export type Given = Ref<z.infer<typeof input>>;
export type Aws = Resources<typeof resources>;

export interface Mistake {
  /** What is done, to follow "is told once of". */
  readonly what: string;
  /** @default "sample", the workflow */
  readonly state?: string;
  /** With the places in it as FILE:LINE. */
  readonly message: string;
  /** Writes the program; `here` passes its argument on, and marks its line as the one that is to be told. */
  readonly write: (flow: Flow, given: Given, aws: Aws) => unknown;
  /** What the workflow has besides its program. */
  readonly timeout?: number;
}

export const programOf = ({ write, timeout }: Mistake): Workflow =>
  workflow("sample", { input, resources, ...(timeout === undefined ? {} : { timeout }) }, write);

/** The line that the program marked last. */
export const marked = { line: 0 };

export function here<T>(value: T): T {
  const [, , caller = ""] = (new Error().stack ?? "").split("\n");
  marked.line = Number(/:(\d+):\d+\)?$/.exec(caller)?.[1]);
  return value;
}

/** As a cast would: a program that is not checked by TypeScript passes what it likes. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export const unchecked = <T>(value: unknown): T => value as T;

export const nothing = (): null => null;
