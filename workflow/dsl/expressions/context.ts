/** The context object: what an execution knows of itself. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
import type { CallSite } from "../bundle/index.ts";
import type { Scope } from "../expression.ts";
import type { Ref } from "../ref.ts";
import { referenceTo } from "../reference.ts";

/** What every state can read. Times are ISO 8601 in UTC. */
export interface Context<Input = unknown> {
  readonly Execution: {
    /** The execution's ARN. */
    readonly Id: string;
    readonly Input: Input;
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

/** In the arguments of a task that waits for a callback. */
export interface CallbackContext<Input = unknown> extends Context<Input> {
  readonly Task: { readonly Token: string };
}

/** In a Map's `ItemSelector` and in its iterations. */
export interface MapContext<Item, Input = unknown> extends Context<Input> {
  readonly Map: {
    readonly Item: {
      readonly Index: number;
      readonly Value: Item;
      /** Where an object is mapped. */
      readonly Key?: string;
      /** Where the items are read from S3. */
      readonly Source?: string;
    };
  };
}

/** The context as a state of the scope reads it: `contextIn<CallbackContext>(scope, site).Task.Token`. */
export const contextIn = <C extends Context = Context>(scope: Scope, site: CallSite): Ref<C> =>
  referenceTo({ state: "the context", text: "$states.context", scope, site });
