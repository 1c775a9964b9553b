import { StartJobRunCommand } from "@aws-sdk/client-glue";
import { expect } from "chai";
import * as z from "zod";
import {
  AnyError,
  compile,
  CompileError,
  define,
  eq,
  type Flow,
  glueJob,
  gt,
  jsonItems,
  length,
  type Ref,
  render,
  s3Bucket,
  sdk,
  startJobRun,
  type StepOptions,
  workflow,
  type Workflow,
} from "../../../workflow/dsl/index.ts";
import { refusal } from "./run.ts";
import { simulate } from "../../../workflow/simulator/index.ts";
import { lakehouse } from "../../../workflow/lakehouse.ts";
import { complaints } from "./validators.ts";

const input = z.object({ key: z.string(), count: z.number(), keys: z.array(z.string()) });
type Given = z.infer<typeof input>;

const machine = (write: (flow: Flow, given: Ref<Given>) => unknown, timeout?: number): Workflow =>
  workflow("sample", { input, resources: {}, ...(timeout === undefined ? {} : { timeout }) }, write);

const nothing = (): null => null;

describe("a check of order", () => {
  it("finds a workflow, a way, a branch and a body without steps", async () => {
    expect(await refusal(machine(() => undefined))).to.deep.equal([
      "empty-branch sample: the workflow has no steps, and returns nothing",
    ]);
    expect(
      await refusal(
        machine((flow, given) => {
          flow.if("Many", gt(given.count, 1), () => undefined);
          flow.parallel("None", {});
          flow.parallel("Both", { one: (flow) => flow.lambda("One", {}, nothing), other: () => undefined });
          flow.map("Each", given.keys, { maxConcurrency: 1 }, () => undefined);
          flow.try("Careful", () => undefined).catch(AnyError, () => 1);
        }),
      ),
    ).to.deep.equal([
      'empty-branch Many: the way "yes" has no steps: add one, or leave it out',
      "empty-branch None: has no branches: give it at least one",
      'empty-branch Both: the branch "other" has no steps: add one, or leave it out',
      "empty-branch Each: its body has no steps: add one, or leave it out",
      "empty-branch Careful: its body has no steps: add one, or leave it out",
    ]);
  });

  it("finds the first step after one that always ends, wherever it ends", async () => {
    const lost = 'unreachable Lost: can\'t be reached: every way through "End" (FILE:LINE) ends before it';
    const after = (end: (flow: Flow, given: Ref<Given>) => unknown): Promise<string[]> =>
      refusal(
        machine((flow, given) => {
          end(flow, given);
          flow.wait("Lost", 1);
          flow.wait("LostToo", 1);
        }),
      );
    expect(await after((flow) => flow.succeed("End"))).to.deep.equal([lost]);
    expect(
      await after((flow, given) =>
        flow.if(
          "End",
          gt(given.count, 1),
          (flow) => flow.succeed("Fine"),
          (flow) => flow.fail("Bad", { error: "Bad", cause: "few" }),
        ),
      ),
    ).to.deep.equal([lost]);
    expect(
      await after((flow) =>
        flow
          .try("End", (flow) => {
            flow.lambda("Work", {}, nothing);
            return flow.succeed("Fine");
          })
          .catch(AnyError, (flow) => flow.fail("Bad", { error: "Bad", cause: "broken" })),
      ),
    ).to.deep.equal([lost]);
  });

  it("lets steps follow where one way goes on", async () => {
    const { definition } = await compile(
      machine((flow, given) => {
        flow.if("Few", gt(2, given.count), (flow) => flow.succeed("Done"));
        flow.wait("Reached", 1);
      }),
    );
    expect(definition.States).to.have.property("Reached");
  });

  it("finds a succeed that would end its branch alone", async () => {
    expect(
      await refusal(
        machine((flow) => {
          flow.parallel("Both", {
            one: (flow) => flow.succeed("Enough"),
            other: (flow) => flow.lambda("Other", {}, nothing),
          });
        }),
      ),
    ).to.deep.equal([
      'succeed-in-branch Enough: would end only its branch of "Both" (FILE:LINE), not the execution. Return the branch\'s value, and decide after "Both".',
    ]);
  });

  it("finds steps that are written into a block that is not the innermost, or that is finished", async () => {
    expect(
      await refusal(
        machine((flow) => {
          let kept = flow;
          flow.parallel("Both", {
            one: (inner) => {
              kept = inner;
              flow.wait("Outside", 1);
              inner.wait("Inside", 1);
            },
          });
          kept.wait("Late", 1);
        }),
      ),
    ).to.deep.equal([
      'outer-flow Outside: is written into another block while "Both" (FILE:LINE) is being written: use the flow that the innermost function is given',
      "outer-flow Late: is written into another block while its block is finished: use the flow that the innermost function is given",
    ]);
  });

  it("finds blocks that are async functions", async () => {
    expect(
      await refusal(
        machine((flow, given) => {
          // @ts-expect-error result: a block is written at once; leave `async` out
          flow.if("Few", gt(2, given.count), async (flow) => {
            await Promise.resolve();
            flow.wait("Pause", 1);
          });
        }),
      ),
    ).to.deep.equal([
      "async-block Few: its block is an async function: a block is written at once and awaits nothing. Leave `async` out.",
    ]);
  });

  it("finds them whatever they return, also the workflow's own", async () => {
    // @ts-expect-error result: a block is written at once; leave `async` out
    const asyncMachine = workflow("sample", { input: z.object({}) }, async (flow) => {
      const one = flow.let("One", 1);
      return Promise.resolve({ one });
    });
    const returnsReference = machine((flow, given) => {
      // @ts-expect-error result: a block is written at once; leave `async` out
      flow.if("Few", gt(2, given.count), async (flow) => Promise.resolve(flow.let("One", 1)));
    });
    const message = "its block is an async function: a block is written at once and awaits nothing. Leave `async` out.";
    expect(await refusal(asyncMachine)).to.deep.equal([`async-block sample: ${message}`]);
    expect(await refusal(returnsReference)).to.deep.equal([`async-block Few: ${message}`]);
  });

  it("finds a try without a handler, whose steps would be lost", async () => {
    expect(
      await refusal(
        machine((flow) => {
          flow.wait("Pause", 1);
          flow.try("Careless", (flow) => {
            flow.wait("Lost", 1);
          });
        }),
      ),
    ).to.deep.equal([
      "try-without-catch Careless: has no handler, so its steps would be lost: add .catch(errors, handler)",
    ]);
  });
});

describe("a check of errors' names", () => {
  const catching = (...errors: readonly string[]): Promise<string[]> =>
    refusal(
      machine((flow) => {
        flow.try("Careful", (flow) => flow.lambda("WorkThatFails", {}, nothing)).catch(errors, () => 1);
      }),
    );

  it("finds what Step Functions does not know, and says what may be meant", async () => {
    expect(await catching("States.Timeouts")).to.deep.equal([
      'unknown-error Careful: "States.Timeouts" is not an error of Step Functions. Did you mean "States.Timeout"?',
    ]);
    expect(await catching()).to.deep.equal(["unknown-error Careful: the list of errors is empty: name at least one"]);
  });

  it("leaves the names of services and of the program alone", async () => {
    await compile(
      machine((flow) => {
        flow
          .try("Careful", (flow) => flow.lambda("WorkCaught", {}, nothing))
          .on(["States.Http.StatusCode.404"], () => 0)
          .catch(["Glue.EntityNotFoundException", "Mine", "States.Timeout", "TimeoutError"], () => 1);
      }),
    );
  });

  it("wants any error alone and last", async () => {
    expect(await catching("States.ALL", "Mine")).to.deep.equal([
      "any-error Careful: States.ALL stands beside other errors: it includes them, so leave them out",
    ]);
    const retry = [{ errors: AnyError }, { errors: ["Mine"] }];
    const load = workflow("retrying", { input, resources: { job: glueJob() } }, (flow, _, aws) => {
      flow.task("Load", startJobRun(aws.job, {}), { retry });
    });
    expect(await refusal(load)).to.deep.equal([
      "any-error Load: States.ALL comes before other errors, which are then never looked at: put it last",
    ]);
    const work = machine((flow) => {
      flow.lambda("WorkRetried", {}, nothing, { retry });
    });
    expect(await refusal(work)).to.deep.equal([
      "any-error WorkRetried: States.ALL comes before other errors, which are then never looked at: put it last",
    ]);
  });

  it("adds to a Lambda's retries what they leave out, before any error", async () => {
    const passing = ["ClientExecutionTimeoutException", "ServiceException", "AWSLambdaException"];
    const names = [...passing, "SdkClientException", "TooManyRequestsException"].map((name) => `Lambda.${name}`);
    const retriers = async (...lists: readonly (readonly string[])[]): Promise<unknown> => {
      const { definition, findings } = await define(
        machine((flow) => {
          flow.lambda("WorkAgain", {}, nothing, { retry: lists.map((errors) => ({ errors })) });
        }),
      );
      expect(findings).to.deep.equal([]);
      const states = z.object({
        WorkAgain: z.object({ Retry: z.array(z.object({ ErrorEquals: z.array(z.string()) })) }),
      });
      return states.parse(definition.States).WorkAgain.Retry.map(({ ErrorEquals }) => ErrorEquals);
    };
    expect(await retriers()).to.deep.equal([names]);
    expect(await retriers(["Mine"], AnyError)).to.deep.equal([["Mine"], names, ["States.ALL"]]);
    expect(await retriers(["States.TaskFailed"])).to.deep.equal([["States.TaskFailed"]]);
    expect(await retriers(["States.TaskFailed"], AnyError)).to.deep.equal([["States.TaskFailed"], ["States.ALL"]]);
    const own = "Lambda.TooManyRequestsException";
    expect(await retriers([own, "Mine"])).to.deep.equal([[own, "Mine"], names.filter((name) => name !== own)]);
  });

  it("tells what can't happen once, of the try that says it, and not what an outer try says again", async () => {
    const trying = (accept: StepOptions["accept"] = {}): Workflow =>
      machine((flow) => {
        flow
          .try("Outer", (flow) => {
            flow
              .try(
                "Inner",
                (flow) => {
                  flow.lambda("WorkOne", {}, nothing);
                  flow.lambda("WorkOther", {}, nothing);
                },
                { accept },
              )
              .on(["States.Runtime"], () => 1)
              .on(["States.TaskFailed"], () => 1)
              .catch(["Mine"], () => 1);
          })
          .catch(["Mine"], () => 1);
      });
    const { findings } = await define(trying());
    expect(findings.map(({ code, state, message }) => `${code} ${state}: ${message}`)).to.deep.equal([
      'uncatchable-error Inner: "States.Runtime" ends the execution: Step Functions does not retry or catch it. Leave it out.',
      'covered-error Inner: an earlier catcher takes "Mine", so this catcher is never used: leave them out, or put them first',
    ]);
    const taken = await define(trying({ "covered-error": "fine", "uncatchable-error": "fine" }));
    expect(taken.findings).to.deep.equal([]);
  });
});

describe("a check of numbers", () => {
  it("finds those that Step Functions or Lambda refuses", async () => {
    expect(
      await refusal(
        workflow("sample", { input, resources: { data: s3Bucket() }, timeout: 0 }, (flow, given, aws) => {
          flow.wait("Pause", -1);
          flow.lambda("WorkTooLong", {}, nothing, { timeout: 901, memory: 100 });
          flow.lambda("Retried", {}, nothing, {
            retry: [
              { errors: ["Mine"], interval: 0.5, maxAttempts: -1, backoff: 0.9 },
              { errors: ["Yours"], interval: 2, maxDelay: 2 },
            ],
          });
          flow.poll(
            "Ask",
            { every: 0, atMost: 0 },
            (flow) => flow.lambda("Answer", {}, nothing),
            () => eq(given.key, "x"),
          );
          flow.map("Each", given.keys, { maxConcurrency: -1 }, (_, key) => key);
          flow.distributedMap(
            "All",
            jsonItems<string>({ bucket: aws.data, key: "a" }),
            { batch: { items: 0 }, maxConcurrency: 10_001 },
            (flow, items) => flow.lambda("Take", { items }, nothing),
          );
        }),
      ),
    ).to.deep.equal([
      "limit Ask: atMost is 0: it has to be a whole number from 1 to 99999999",
      "limit WorkTooLong: the Lambda's timeout is 901: it has to be a whole number from 1 to 900",
      "limit WorkTooLong: the Lambda's memory is 100: it has to be a whole number from 128 to 10240",
      "limit sample: TimeoutSeconds is 0: it has to be a whole number from 1 to 99999999",
      "limit Pause: Seconds is -1: it has to be a whole number from 0 to 99999999",
      "limit Retried: IntervalSeconds is 0.5: it has to be a whole number from 1 to 99999999",
      "limit Retried: MaxAttempts is -1: it has to be a whole number from 0 to 99999999",
      "limit Retried: BackoffRate is 0.9: it has to be a number from 1 to 99999999",
      "limit Retried: MaxDelaySeconds is 2: it has to be a whole number from 3 to 31622399",
      "limit Each: MaxConcurrency is -1: it has to be a whole number from 0 to 99999999",
      "limit All: MaxItemsPerBatch is 0: it has to be a whole number from 1 to 99999999",
    ]);
  });

  it("finds a definition that Step Functions would not take, and one that hardly fits", async () => {
    const sized = (bytes: number, times = 1): Workflow =>
      machine((flow) => {
        for (let index = 0; index < times; index += 1) flow.let(`Big${index}`, "x".repeat(bytes));
      });
    expect((await refusal(sized(1_048_576))).at(-1)).to.match(
      /^too-large sample: the definition has 1048\d{3} bytes, and 1048576 are allowed/,
    );
    const { findings } = await compile(sized(250_000, 4));
    expect(findings.map(({ code, state }) => [code, state])).to.deep.equal([["nearly-too-large", "sample"]]);
  });
});

describe("a check of variables", () => {
  it("finds two values that would share one, where both are used", async () => {
    expect(
      await refusal(
        machine((flow) => {
          const one = flow.lambda("Load a", {}, () => 1);
          const other = flow.lambda("Load_a", {}, () => 2);
          flow.let("Both", { one, other });
        }),
      ),
    ).to.deep.equal([
      'variable Load_a: would overwrite the variable "Load_a", which "Load a" (FILE:LINE) has already: a variable is named after its state, with _ for what is neither letter nor digit. Rename one.',
    ]);
    await compile(
      machine((flow) => {
        flow.lambda("Save a", {}, () => 1);
        flow.let(
          "Only",
          flow.lambda("Save_a", {}, () => 2),
        );
      }),
    );
  });

  it("gives each name a variable that Step Functions takes, whatever its characters are", async () => {
    const names = ["1st", "_two", "変数1", "変数2", "été: oui", "count", "states", "→"];
    const { definition, lambdas } = await compile(
      machine((flow, given) => {
        const values = names.map((name) => flow.let(name, given.count));
        const worked = flow.lambda(
          "Größe 1",
          { values: flow.map("項目", values, { maxConcurrency: 1 }, (_, item) => item) },
          ({ values }) => values.length,
        );
        return { values, worked, many: length(given.keys) };
      }),
    );
    expect(await complaints(definition)).to.deep.equal([]);
    const States = z
      .record(z.string(), z.object({ Assign: z.record(z.string(), z.unknown()).optional() }))
      .parse(definition.States);
    expect(names.flatMap((name) => Object.keys(States[name]?.Assign ?? {}))).to.deep.equal([
      "State_1st",
      "State__two",
      "変数1",
      "変数2",
      "été__oui",
      "State_count",
      "State_states",
      "State__",
    ]);
    const arns = Object.fromEntries(
      lambdas.map(({ name }) => [`lambda.${name}.arn`, "arn:aws:lambda:eu-central-1:123456789012:function:f"]),
    );
    const { output } = await simulate(render(definition, arns), {
      input: { key: "k", count: 2, keys: ["a"] },
      tasks: {
        "Größe 1": (args) => ({
          Payload: z.object({ Payload: z.object({ values: z.array(z.unknown()) }) }).parse(args).Payload.values.length,
        }),
      },
    });
    expect(output).to.deep.equal({ values: names.map(() => 2), worked: names.length, many: 1 });
  });
});

describe("all checks", () => {
  it("tell everything that is wrong at once, with the line of each", async () => {
    const error: unknown = await compile(
      machine((flow) => {
        flow.wait("Pause", 1);
        flow.wait("Pause", 1);
        flow.wait("Late", -1);
      }),
    ).catch((each: unknown) => each);
    expect(error).to.be.instanceOf(CompileError);
    expect(String(error).replaceAll(/\/\S+\//g, "")).to.match(
      new RegExp(
        [
          '^CompileError: workflow "sample" can\'t be compiled:',
          "checks\\.test\\.ts:\\d+ Pause: another state has this name \\(checks\\.test\\.ts:\\d+\\): names are unique in a machine",
          "checks\\.test\\.ts:\\d+ Late: Seconds is -1: it has to be a whole number from 0 to 99999999$",
        ].join("\n  "),
      ),
    );
  });

  it("find nothing in the lakehouse's machine", async function () {
    this.timeout(60_000);
    expect((await compile(lakehouse)).findings).to.deep.equal([]);
  });

  it("mention a job that nothing stops", async () => {
    const { findings } = await compile(
      workflow("jobs", { input, resources: { job: glueJob() } }, (flow, _, aws) => {
        flow.task("Forever", startJobRun(aws.job, {}));
        flow.task("Known", startJobRun(aws.job, {}), { accept: { "sync-without-timeout": "the job has a timeout" } });
        flow.task("Bounded", startJobRun(aws.job, {}), { timeout: 60 });
        flow.task("Unwatched", sdk(StartJobRunCommand, { JobName: aws.job.name }, aws.job.arn));
      }),
    );
    expect(findings.map(({ code, state, message }) => `${code} ${state}: ${message}`)).to.deep.equal([
      "sync-without-timeout Forever: waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one.",
    ]);
  });
});
