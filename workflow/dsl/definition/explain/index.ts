/** Why an execution ended as it did, from its history. */
export { explain } from "./explain.ts";
export type { Explanation, Failure } from "./explanation.ts";
export { textOfExplanation } from "./sentences.ts";
