/** Pictures of a machine: Mermaid for GitHub, SVG for pages; either with the path of an execution on it. */
export { executionMarks } from "./execution.ts";
export { placeOf, type Mark, type Marks } from "./marks.ts";
export { mermaid } from "./mermaid.ts";
export { svg } from "./svg.ts";
