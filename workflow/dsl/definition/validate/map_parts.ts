/** Whether a Map says what its children are, where it has any, and reads its items from S3. */
import { fieldsOf, textOf } from "../machine.ts";
import { hasPlaceholder } from "../placeholder.ts";
import type { PlacedState } from "./definition.ts";
import { error, inState, type Finding, type Rule } from "./finding.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
function processor(state: PlacedState): Finding[] {
  const place = (...members: readonly string[]) => inState(state, "ItemProcessor", "ProcessorConfig", ...members);
  const { Mode: mode = "INLINE", ExecutionType: type } = fieldsOf(fieldsOf(state.fields.ItemProcessor).ProcessorConfig);
  if (mode === "DISTRIBUTED" && type === undefined) {
    const message = 'the field "ExecutionType" is missing: say whether children are STANDARD or EXPRESS';
    return [error("missing-field", place(), message)];
  }
  if (mode !== "INLINE" || type === undefined) return [];
  const message = 'only a distributed Map has "ExecutionType": set "Mode": "DISTRIBUTED" beside it, or leave it out';
  return [error("distributed-only", place("ExecutionType"), message)];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const readable = /^arn:[^:]+:states:::s3:(getObject|listObjectsV2)$/;

function reader(state: PlacedState): Finding[] {
  const arn = textOf(fieldsOf(state.fields.ItemReader).Resource);
  if (arn === undefined || hasPlaceholder(arn) || readable.test(arn)) return [];
  const message = `items are not read by ${JSON.stringify(arn)}: write arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2`;
  return [error("unknown-integration", inState(state, "ItemReader", "Resource"), message)];
}

export const mapsAreConfigured: Rule = ({ states }) =>
  states.filter(({ type }) => type === "Map").flatMap((state) => [...processor(state), ...reader(state)]);
