/** The machine of `dsl_machine.ts` as aws-cdk-lib has it written: the same states, in JSONata, too. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Function, type IFunction } from "aws-cdk-lib/aws-lambda";
import {
  Chain,
  Choice,
  Condition,
  DefinitionBody,
  Parallel,
  Pass,
  QueryLanguage,
  StateGraph,
  StateMachine,
  TaskInput,
  Wait,
  WaitTime,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";

type Fields = Readonly<Record<string, unknown>>;

/** The states of one group, in a stack. */
class Group {
  readonly #stack: Stack;
  readonly #work: IFunction;
  readonly #n: number;

  constructor(stack: Stack, work: IFunction, n: number) {
    this.#stack = stack;
    this.#work = work;
    this.#n = n;
  }

  #name(name: string): string {
    return `${name}${this.#n}`;
  }

  #task(name: string, payload: Fields, assign?: Fields): LambdaInvoke {
    return LambdaInvoke.jsonata(this.#stack, this.#name(name), {
      lambdaFunction: this.#work,
      payload: TaskInput.fromObject(payload),
      outputs: {},
      ...(assign === undefined ? {} : { assign }),
    });
  }

  #pass(name: string, value: Fields): Pass {
    return Pass.jsonata(this.#stack, this.#name(name), { assign: { [this.#name(name)]: value }, outputs: {} });
  }

  #wait(name: string, seconds: number): Wait {
    return Wait.jsonata(this.#stack, this.#name(name), { time: WaitTime.duration(Duration.seconds(seconds)) });
  }

  chain(): Chain {
    const id = `{% $${this.#name("Plan")}.id %}`;
    const size = `{% $${this.#name("Find")}.size %}`;
    const find = { id, day: `{% $${this.#name("Plan")}.day %}` };
    const isAny = Condition.jsonata(`{% $${this.#name("Find")}.size > 0 %}`);
    return Chain.start(this.#pass("Plan", { id: this.#n, day: "{% $states.context.Execution.Input.day %}" }))
      .next(this.#task("Find", find, { [this.#name("Find")]: "{% $states.result.Payload %}" }))
      .next(
        Choice.jsonata(this.#stack, this.#name("Any"))
          .when(isAny, this.#wait("Pause", 5))
          .otherwise(this.#pass("Note", { nothing: id }))
          .afterwards(),
      )
      .next(
        Parallel.jsonata(this.#stack, this.#name("Both"), { outputs: {} })
          .branch(this.#task("Left", { id, size }))
          .branch(this.#task("Right", { id, half: true })),
      )
      .next(this.#wait("Rest", 10))
      .next(this.#pass("Done", { id, size }));
  }
}

function written(stack: Stack, groups: number): Chain {
  const work = Function.fromFunctionArn(stack, "Work", "arn:aws:lambda:us-east-1:123456789012:function:work");
  const [first, ...rest] = Array.from({ length: groups }, (_, n) => new Group(stack, work, n).chain());
  if (first === undefined) throw new RangeError("a machine has at least one group");
  return rest.reduce((chain, next) => chain.next(next), first);
}

/** Writes the states and renders their definition, without a template around it. */
export function cdkDefinition(groups: number): object {
  const chain = written(new Stack(new App({ analyticsReporting: false }), "Bench"), groups);
  return new StateGraph(chain.startState, "bench").toGraphJson(QueryLanguage.JSONATA);
}

/** Writes the states, and synthesises the stack with the machine and its role as a CloudFormation template. */
export function cdkTemplate(groups: number): object {
  const outdir = mkdtempSync(join(tmpdir(), "cdk-out-"));
  try {
    const stack = new Stack(new App({ analyticsReporting: false, outdir }), "Bench");
    new StateMachine(stack, "Machine", {
      definitionBody: DefinitionBody.fromChainable(written(stack, groups)),
      queryLanguage: QueryLanguage.JSONATA,
    });
    return Template.fromStack(stack).toJSON();
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
