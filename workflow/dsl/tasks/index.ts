/** The types of a workflow's Tasks as a TypeScript file, from which mocks get theirs. */
export { TypesError } from "./call_sites.ts";
export { tasksFile, tasksPath } from "./file.ts";
