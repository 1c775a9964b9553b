/** What workflows yield to whoever runs them, told by the compiler. */
import { type OutputOf, workflow } from "../../../workflow/dsl/index.ts";
import { input, type Same } from "./given.ts";

export const value = workflow("value", { input }, (_, given) => ({ at: given.at }));
export const nothing = workflow("nothing", { input }, (flow) => {
  flow.wait("Pause", 1);
});
export const succeed = workflow("succeed", { input }, (flow) => flow.succeed("Done", { at: 1 }));

export const exactly: Same<
  [OutputOf<typeof value>, OutputOf<typeof nothing>, OutputOf<typeof succeed>],
  [{ at: string }, null, unknown]
> = true;
