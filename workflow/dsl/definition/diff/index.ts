/** What changes between two definitions, and what that means for executions. */
export type { Change, RuleList, Target } from "./change.ts";
export { diff } from "./diff.ts";
export { markdownOfReport, reportOn, textOfReport, type Report } from "./report.ts";
export { rendered, type Rendered } from "./tokens.ts";
