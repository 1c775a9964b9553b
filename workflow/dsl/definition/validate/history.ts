/**
 * Whether an execution's history can pass its limit, at which the execution fails: where nothing fails, or else where each
 * retry is used up, whose attempts have events of their own. It is told of the Map, the loop or the Retry that makes most of it.
 */
import { amount } from "../../amount.ts";
import { fieldsOf } from "../machine.ts";
import type { PlacedMachine } from "./definition.ts";
import { inMachine, inState, warning, type Finding, type Rule } from "./finding.ts";
import { asOftenAsAllowed, lengthsOf, once, type Length } from "./history_length.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: events in the history of an execution. */
const most = 25_000;

/** Of the execution itself: started, ended. */
const around = 2;

export const historiesFit: Rule = (definition) => {
  const smooth = lengthsOf(definition, once);
  const retried = lengthsOf(definition, asOftenAsAllowed);
  return definition.machines.filter(hasHistory).flatMap((each) => {
    const { machine } = each;
    const found = tooLong(each, smooth.get(machine), "an execution");
    return found.length > 0 ? found : tooLong(each, retried.get(machine), "an execution that uses up its retries");
  });
};

/** Those of an Express execution are not limited. */
function hasHistory({ machine, holder }: PlacedMachine): boolean {
  const { ExecutionType: type } = fieldsOf(machine.fields.ProcessorConfig);
  return (holder === undefined || machine.ownExecution) && type !== "EXPRESS";
}

function tooLong(placed: PlacedMachine, length: Length | undefined, which: string): Finding[] {
  const { events, factors } = length ?? { events: 0, factors: [] };
  if (events + around <= most) return [];
  const [first, last] = [factors[0], factors.at(-1)];
  const what = `${which} can have some ${amount(events + around)} events, and ends with an error at ${amount(most)}`;
  if (first === undefined || last === undefined)
    return [warning("long-history", inMachine(placed), `${what}: move a part into executions of its own`)];
  const times = factors.map((each) => each.what).join(" times ");
  const part = `Its largest part is ${times}, of some ${amount(last.each)} events each: ${first.todo}`;
  return [warning("long-history", inState(first.state), `${what}. ${part}`)];
}
