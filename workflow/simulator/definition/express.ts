/** What Express workflows refuse. https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
import type { Branch } from "./asl.ts";
import { diagnostic, type Diagnostic } from "./diagnostic.ts";
import { statesOfBranch } from "./walk.ts";

/** One for each state that only a Standard workflow may have. */
export function expressDiagnostics(branch: Branch, pointer = ""): readonly Diagnostic[] {
  return statesOfBranch(branch, pointer).flatMap(({ state, pointer: place }) => {
    if (state.Type === "Task") {
      const [pattern] = /\.sync(?::2)?$|\.waitForTaskToken$|:activity:/.exec(state.Resource) ?? [];
      if (pattern === undefined) return [];
      const what = pattern === ":activity:" ? "activities" : `the pattern ${pattern}`;
      return [diagnostic(`${place}/Resource`, `Express workflows don't support ${what}`)];
    }
    const distributed = state.Type === "Map" && state.ItemProcessor.ProcessorConfig?.Mode === "DISTRIBUTED";
    return distributed ? [diagnostic(place, "Express workflows don't support distributed Maps")] : [];
  });
}
