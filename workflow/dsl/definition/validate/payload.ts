/** Whether what is written in the definition fits: its payloads and variables, and the definition itself. */
import { fieldsOf, listOf } from "../machine.ts";
import { error, inState, warning, type Rule } from "./finding.ts";
import { leastBytes } from "./size.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: bytes of a payload, and of all that one Assign assigns. */
const largestPayload = 262_144;
/** The same page: bytes of a definition. */
const largestDefinition = 1_048_576;
/** Names in it grow when they are put in at deployment, so there has to be room. */
const roomy = 0.9 * largestDefinition;

const payloads = ["Arguments", "Assign", "Items", "ItemSelector", "Output", "Parameters", "Result", "ResultSelector"];

export const payloadsFit: Rule = ({ states }) =>
  states.flatMap((state) => {
    const parts = ["Choices", "Catch"].flatMap((list) =>
      listOf(state.fields[list]).map((each, index) => ({ fields: fieldsOf(each), members: [list, index] })),
    );
    return [{ fields: state.fields, members: [] }, ...parts].flatMap(({ fields, members }) =>
      payloads.flatMap((field) => {
        const size = fields[field] === undefined ? 0 : leastBytes(fields[field]);
        return size > largestPayload
          ? [
              error(
                "payload-too-large",
                inState(state, ...members, field),
                `${field} has at least ${size} bytes, and ${largestPayload} are allowed: put the data into S3, and pass its key`,
              ),
            ]
          : [];
      }),
    );
  });

export const definitionFits: Rule = ({ value }) => {
  const size = Buffer.byteLength(JSON.stringify(value));
  const program = { state: "", machine: "", path: "" };
  if (size > largestDefinition)
    return [
      error(
        "too-large",
        program,
        `the definition has ${size} bytes, and ${largestDefinition} are allowed: move a part into a machine of its own, or data into S3`,
      ),
    ];
  return size > roomy
    ? [
        warning(
          "nearly-too-large",
          program,
          `the definition has ${size} of ${largestDefinition} allowed bytes, before names are put in at deployment: move a part into a machine of its own`,
        ),
      ]
    : [];
};
