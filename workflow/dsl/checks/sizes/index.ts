/**
 * Whether an execution's data fits: by the schemas of inputs, Lambdas and answers, by what is written out, and by how many
 * items an array can have. A value that nothing bounds, such as a text without a longest length, is never told of.
 */
import type { Finding } from "../../problem.ts";
import { allSteps } from "../../walk.ts";
import type { Workflow } from "../../workflow.ts";
import { finding } from "../rule.ts";
import { payloadsOf, type Payloads, type Written } from "./payloads.ts";
import { variablesPass } from "./variables.ts";

export interface Sizes extends Pick<Payloads, "items"> {
  readonly findings: readonly Finding[];
}

export function sizesOf(workflow: Workflow, written: Written): Sizes {
  const payloads = payloadsOf(workflow, written);
  const executions = [
    { at: workflow, block: workflow.program },
    ...allSteps(workflow.program).flatMap((step) =>
      step.kind === "distributed-map" ? [{ at: step, block: step.block }] : [],
    ),
  ];
  return {
    items: payloads.items,
    findings: [
      ...payloads.tooLarge.flatMap(({ at, message }) => finding("payload-too-large", at, message)),
      ...executions.flatMap(({ at, block }) => {
        const message = variablesPass(block, payloads, written.used);
        return message === undefined ? [] : finding("variables-too-large", at, message);
      }),
    ],
  };
}
