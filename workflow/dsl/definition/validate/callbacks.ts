/** Whether tasks that wait for a token or a job can be answered, and give up in the end. */
import { listOf, fieldsOf, type Fields } from "../machine.ts";
import type { PlacedState } from "./definition.ts";
import { error, inState, warning, type Rule } from "./finding.ts";
import { isCallback, isJob } from "./integrations.ts";

const callbacks = (states: readonly PlacedState[]): PlacedState[] => states.filter(isCallback);
const has = (fields: Fields, field: string): boolean =>
  fields[field] !== undefined || fields[`${field}Path`] !== undefined;

/** In JSONPath: the token, or the whole context object. */
const tokenPath = /\$\$(?!\.)|\$\$\.Task\b/;

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token. Without arguments the
 * input is sent, and neither that nor a variable ever holds this task's token: both were made before it.
 */
export const tokensAreSent: Rule = ({ states, expressions }) => {
  const senders = new Set(
    expressions
      .filter(
        ({ field, reading }) =>
          field === "Arguments" &&
          reading.states.some(
            ([member, part = "Task"]) => member === undefined || (member === "context" && part === "Task"),
          ),
      )
      .map(({ state }) => state),
  );
  const sends = (state: PlacedState): boolean =>
    state.language === "JSONata" ? senders.has(state) : tokenPath.test(JSON.stringify(state.fields.Parameters ?? null));
  return callbacks(states)
    .filter((state) => !sends(state))
    .map((state) => {
      const [field, token] =
        state.language === "JSONata"
          ? ["Arguments", "{% $states.context.Task.Token %}"]
          : ["Parameters", "$$.Task.Token"];
      return error(
        "callback-without-token",
        inState(state, field),
        `it waits for its token, but never sends it, so nobody can answer: pass "${token}" on in ${field}`,
      );
    });
};

export const callbacksEnd: Rule = ({ states }) =>
  callbacks(states)
    .filter(({ fields }) => !has(fields, "TimeoutSeconds") && !has(fields, "HeartbeatSeconds"))
    .map((state) =>
      warning(
        "callback-without-timeout",
        inState(state),
        "waits for its token without TimeoutSeconds or HeartbeatSeconds: if nobody answers, the execution waits for a year",
      ),
    );

export const jobsEnd: Rule = ({ states }) =>
  states
    .filter((state) => isJob(state) && !has(state.fields, "TimeoutSeconds"))
    .map((state) =>
      warning(
        "sync-without-timeout",
        inState(state),
        "waits for a job without TimeoutSeconds: if the job hangs, so does the execution. Give it one.",
      ),
    );

/** The places in a state's Retry that try it again. */
const retriers = (state: PlacedState): number[] =>
  listOf(state.fields.Retry).flatMap((each, index) => (fieldsOf(each).MaxAttempts === 0 ? [] : [index]));

/** Each attempt has a token of its own, and whoever got the first may act on it still. */
const repeats =
  "sends the request again with a new token, while the first may still be worked on: make the receiver idempotent, or catch the error instead";

export const callbacksAreNotRepeated: Rule = ({ machines, states }) => {
  const holders = new Map(machines.map(({ machine, holder }) => [machine, holder]));
  /** The Parallels and Maps that the state is in, from the innermost. */
  const around = ({ machine }: PlacedState): PlacedState[] => {
    const holder = holders.get(machine);
    return holder === undefined ? [] : [holder, ...around(holder)];
  };
  return callbacks(states).flatMap((state) => [
    ...retriers(state).map((index) =>
      warning("callback-retried", inState(state, "Retry", index), `a retry ${repeats}`),
    ),
    ...around(state)
      .filter((holder) => retriers(holder).length > 0)
      .map((holder) => warning("callback-retried", inState(state), `a retry of "${holder.name}" ${repeats}`)),
  ]);
};

/** https://states-language.net/#timeouts: the heartbeat's interval has to be smaller than the timeout. */
export const heartbeatsAreShorter: Rule = ({ states }) =>
  states.flatMap((state) => {
    const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state.fields;
    return typeof timeout === "number" && typeof heartbeat === "number" && heartbeat >= timeout
      ? [
          error(
            "heartbeat",
            inState(state, "HeartbeatSeconds"),
            `HeartbeatSeconds is ${heartbeat}, and has to be smaller than TimeoutSeconds, which is ${timeout}`,
          ),
        ]
      : [];
  });
