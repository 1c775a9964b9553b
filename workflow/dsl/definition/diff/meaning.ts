/** What a change means for those who run the machine. */
import { fieldsOf, textOf } from "../machine.ts";
import type { Change } from "./change.ts";

/**
 * True of every change of a definition:
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export const generalFacts: readonly string[] = [
  "Running executions keep the definition and the role that they started with; executions that start within seconds of the update may still get the old ones.",
  "A redrive, possible for 14 days, uses the definition of the original execution, even if its alias points to another version by now: an execution that failed in the old definition needs a new execution to get the new one.",
  "A version never changes; executions started through an alias get this definition only when the alias points to a version of it.",
  "A Lambda's code is no part of the definition: new code reaches running executions and redrives at once, unless the definition names the function by a version.",
];

/** Undefined where nothing follows but what `generalFacts` say. */
export function meaningOf(change: Change): string | undefined {
  switch (change.kind) {
    case "added":
      return change.type === "Task"
        ? "The role must allow what it calls before the first new execution comes here."
        : undefined;
    case "removed":
      return change.type === "Task"
        ? "Running executions and redrives may still come here: keep what it calls, and the permission, until they are over. Alarms, metric filters and mocks that name it find nothing any more."
        : "Running executions and redrives may still come here. Alarms, metric filters and mocks that name it find nothing any more.";
    case "renamed":
      return `Alarms, metric filters, dashboards and mocks that name ${change.was} find nothing any more; $states.context.State.Name has the new name.`;
    case "moved":
      return "It sees the variables of its new machine, and what it assigns is not visible outside of it; its input comes from its new neighbours.";
    case "start":
      return "New executions begin there; their input must be what that state expects.";
    case "rewired":
      return change.field === "Default" && change.now === "nothing"
        ? "An execution in which no rule holds fails with States.NoChoiceMatched."
        : undefined;
    case "rule-added":
      return change.list === "Catch"
        ? "These errors no longer fail the execution or reach the state around it."
        : undefined;
    case "rule-removed":
      return change.list === "Catch"
        ? "Unless another catcher takes them, these errors now fail the execution or reach the state around it."
        : undefined;
    case "rules-reordered":
      return "The first that fits is taken: the same input may now go another way.";
    case "branches":
      return "The output is an array in the order of the branches: what reads it by index reads another one.";
    case "rule-rewired":
    case "rule-changed":
      return undefined;
    case "field":
      return fieldMeaning(change);
  }
}

type FieldChange = Extract<Change, { readonly kind: "field" }>;

function fieldMeaning(change: FieldChange): string | undefined {
  const { state, path, distributed } = change;
  const [field = ""] = path.split(/[.[]/);
  switch (field) {
    case "Comment":
      return "It changes nothing in how executions run.";
    case "TimeoutSeconds":
      return state === undefined
        ? "Running executions keep the old limit; a redrive starts it anew."
        : "It holds for an attempt, so retries may take a multiple of it.";
    case "Resource":
    case "Credentials":
      return "The role must allow the new call before the first new execution, and the old one until the running executions are over.";
    case "Arguments":
    case "Parameters":
      return data.test(path)
        ? "What it calls must understand this from the first new execution on, and the old until the running executions are over."
        : "If it names another resource, the role must allow that one as well.";
    case "Assign":
      return "States that follow see the new value; check those that read the variable.";
    case "Output":
    case "OutputPath":
    case "ResultPath":
    case "ResultSelector":
      return "The input of what follows changes.";
    case "Type":
      return "Its events in the history have other types; alarms and queries that name them miss it.";
    case "QueryLanguage":
      return "Every expression under it is read in another language.";
    case "MaxConcurrency":
    case "ToleratedFailureCount":
    case "ToleratedFailurePercentage":
      // https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html
      return distributed ? "Of a Map Run that runs already, UpdateMapRun can change it." : undefined;
    case "ProcessorConfig":
      return processorMeaning(change);
    case "Label":
      return "The ARN of the Map Runs has it: permissions and alarms that name it must follow.";
    default:
      return undefined;
  }
}

/** Arguments that are passed on to what is called and name nothing, in JSONata or with JSONPath's `.$`. */
const data = /^(?:Arguments|Parameters)(?:\.|\[")(?:Payload|Input|Message|MessageBody|Arguments)(?![\w-])/;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
function processorMeaning(change: FieldChange): string | undefined {
  const running = "Running executions go on with it as they began.";
  const mode = changed(change, "Mode", "INLINE");
  if (mode === "DISTRIBUTED") {
    return `New executions run its items in child executions, which don't see the variables around it; the role must allow states:StartExecution of the machine itself. ${running}`;
  }
  if (mode !== undefined) {
    return `New executions run its items in their own history, of 25,000 events, at most 40 at once; they have no Map Run. ${running}`;
  }
  const type = changed(change, "ExecutionType", "STANDARD");
  if (type === undefined) return undefined;
  return type === "EXPRESS"
    ? `New Map Runs have Express children, which take five minutes at most, may run more than once, can't wait with .sync or .waitForTaskToken and leave no history but logs. ${running}`
    : `New Map Runs have Standard children: each runs once, has a history of its own and is charged by transitions. ${running}`;
}

/** What a member of ProcessorConfig is now, if it was something else; the change may be of the whole or of the member. */
function changed({ path, was, now }: FieldChange, name: string, unsaid: string): string | undefined {
  const of = (value: unknown): string =>
    textOf(path === `ProcessorConfig.${name}` ? value : fieldsOf(value)[name]) ?? unsaid;
  return of(was) === of(now) ? undefined : of(now);
}
