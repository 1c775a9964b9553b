/** The context object: what an execution knows of itself. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
import type { CallSite } from "../bundle/index.ts";
import type { Scope } from "../expression.ts";
import type { Ref } from "../ref.ts";
import { referenceTo } from "../reference.ts";

/** What every state can read. Times are ISO 8601 in UTC. */
export interface Context {
  readonly Execution: {
    /** The execution's ARN. */
    readonly Id: string;
    readonly Input: unknown;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    readonly RedriveCount: number;
    /** Of the last redrive, if there was one. */
    readonly RedriveTime?: string;
  };
  readonly StateMachine: {
    /** The machine's ARN. */
    readonly Id: string;
    readonly Name: string;
  };
  readonly State: {
    readonly Name: string;
    readonly EnteredTime: string;
    /** Only in states that can be retried. */
    readonly RetryCount?: number;
  };
}

/** The context as the states of the scope read it. */
export const contextIn = (scope: Scope, site: CallSite): Ref<Context> =>
  referenceTo({ state: "the context", text: "$states.context", scope, site });
