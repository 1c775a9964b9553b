/**
 * The settings of a stack (`Pulumi.<stack>.yaml`), parsed once at the program's edge. Every mistake is reported at once,
 * by its path and with what to do, because each round trip through a pull request's preview takes minutes.
 */
import { z } from "zod";

/** The days that CloudWatch Logs knows: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Worker types of Spark jobs: https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
const workerTypes = ["G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X"] as const;

const days = (least: number): z.ZodNumber =>
  z.int("must be a whole number of days").min(least, `must be at least ${least} days`);

const worker = {
  workerType: z.enum(workerTypes, `must be one of ${workerTypes.join(", ")}`),
  numberOfWorkers: z.int("must be a whole number").min(2, "must be at least 2: Glue gives one worker to the driver"),
  timeoutMinutes: z
    .int("must be a whole number")
    .min(5, "must be at least 5: a job needs a minute to start")
    .max(10_080, "must be at most 10080, Glue's own limit of seven days"),
};

const glue = (datasets: readonly string[]) =>
  z.strictObject({
    workerType: worker.workerType.default("G.1X"),
    numberOfWorkers: worker.numberOfWorkers.default(2),
    timeoutMinutes: worker.timeoutMinutes.default(60),
    /** Datasets whose job needs other workers than the rest. */
    jobs: z.partialRecord(z.enum(datasets), z.strictObject(worker).partial()).default({}),
  });

const attempts = z.strictObject({
  /** How often a file is tried before it waits for a person. */
  max: z.int("must be a whole number").min(1, "must be at least 1").max(10, "must be at most 10").default(3),
  /** Before the second attempt; doubled before each further one. */
  delaySeconds: z.int("must be a whole number of seconds").min(1, "must be at least 1").default(300),
});

const athena = z.strictObject({
  /** A query that scans more than this is cancelled. */
  scanLimitMegabytes: z
    .int("must be a whole number")
    .min(10, "must be at least 10, Athena's own minimum")
    .default(10_240),
});

const retention = z.strictObject({
  logDays: z
    .int("must be a whole number of days")
    .refine(
      (value) => logRetentions.includes(value),
      `must be one of the periods CloudWatch Logs knows: ${logRetentions.join(", ")}`,
    )
    .default(30),
  queryResultDays: days(1).default(30),
  /** Manifests and reports of runs; the audit table and the markers stay. */
  runDays: days(7).default(90),
  /** Overwritten or deleted versions of objects: the way back from a mistake. */
  oldVersionDays: days(1).default(30),
  /** When archived files move to Glacier Instant Retrieval, which still answers at once. */
  archiveColdAfterDays: days(1).default(90),
  /** When archived files are deleted; without it they stay. */
  archiveExpireDays: days(1).optional(),
});

const start = {
  /** What starts a run: an upload, a clock, or only a person. */
  trigger: z.enum(["event", "schedule", "manual"], "must be event, schedule or manual").default("event"),
  /** An EventBridge schedule expression, for `trigger: schedule`. */
  schedule: z
    .string()
    .regex(/^(rate|cron)\(.+\)$/, "must be an EventBridge schedule such as rate(1 hour) or cron(0 3 * * ? *)")
    .optional(),
};

/** Rules over both are asked as soon as both are right, whatever else is wrong. */
const whenStartIsRight = ({ value }: { value: unknown }): boolean => z.object(start).safeParse(value).success;

/** The settings of a stack; all of them have defaults that suit a small shop. */
const settings = (datasets: readonly string[]) =>
  z
    .strictObject({
      ...start,
      /** How long an upload waits for others to come into the same batch. */
      quietPeriodSeconds: z
        .int("must be a whole number of seconds")
        .min(0, "must not be negative")
        .max(900, "must be at most 900, the longest that SQS delays a message")
        .default(60),
      alertEmail: z.email("must be an e-mail address").optional(),
      attempts: attempts.prefault({}),
      glue: glue(datasets).prefault({}),
      athena: athena.prefault({}),
      retention: retention.prefault({}),
      /** Guards the buckets against deletion, by Pulumi's `protect` and by refusing to empty them. */
      protectData: z.boolean("must be true or false").default(true),
    })
    .refine(({ trigger, schedule }) => trigger !== "schedule" || schedule !== undefined, {
      path: ["schedule"],
      message: "is missing: trigger is schedule, so say when, e.g. rate(1 hour)",
      when: whenStartIsRight,
    })
    .refine(({ trigger, schedule }) => trigger === "schedule" || schedule === undefined, {
      path: ["schedule"],
      message: "is used only while trigger is schedule: remove it, or change the trigger",
      when: whenStartIsRight,
    });

export type StackConfig = z.infer<ReturnType<typeof settings>>;

/** The settings of one dataset's job: its own where it has any, the stack's elsewhere. */
export type JobSettings = Pick<StackConfig["glue"], keyof typeof worker>;

export function jobSettings({ glue: { jobs, ...rest } }: StackConfig, dataset: string): JobSettings {
  const own = jobs[dataset];
  return {
    workerType: own?.workerType ?? rest.workerType,
    numberOfWorkers: own?.numberOfWorkers ?? rest.numberOfWorkers,
    timeoutMinutes: own?.timeoutMinutes ?? rest.timeoutMinutes,
  };
}

/** What is wrong with a stack's settings, whole. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Pulumi hands every setting over as text: numbers, booleans and objects as JSON, texts as they are. */
function value(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What is wrong and what to do, a sentence a mistake, each beginning with the setting's path. */
function sentences(issue: z.core.$ZodIssue, datasets: readonly string[]): string[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") {
    const object = issue.code === "invalid_type" && (issue.expected === "object" || issue.expected === "record");
    return [`${path} ${object ? "must be a group of settings" : issue.message}`];
  }
  const what =
    path === "glue.jobs"
      ? `names no dataset: there are ${datasets.join(", ")}`
      : "is no setting: remove it, or correct its name";
  return issue.keys.map((key) => `${[path, key].filter((part) => part !== "").join(".")} ${what}`);
}

/**
 * Parses what Pulumi read from the stack's file.
 * @param all the whole configuration, `namespace:key` to text, as `pulumi.runtime.allConfig()` gives it
 * @param datasets the names that `glue.jobs` may use
 * @throws {ConfigError} that lists every mistake by path
 */
export function parseConfig(
  all: Readonly<Record<string, string>>,
  { project, stack, datasets }: { project: string; stack: string; datasets: readonly string[] },
): StackConfig {
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${project}:`));
  const given = Object.fromEntries(own.map(([key, text]) => [key.slice(project.length + 1), value(text)]));
  const result = settings(datasets).safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.flatMap((issue) => sentences(issue, datasets));
  throw new ConfigError(
    [
      `The configuration of stack "${stack}" has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}. Mend it in Pulumi.${stack}.yaml:`,
      ...mistakes.map((mistake) => `  ${project}:${mistake}`),
    ].join("\n"),
  );
}
