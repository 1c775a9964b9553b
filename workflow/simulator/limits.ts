/** Service quotas that change what a program does. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */

/** A state's input, output, arguments, or one Assign: bytes of UTF-8 JSON. */
export const maxPayloadBytes = 256 * 1024;
/** All variables of an execution together: bytes of UTF-8 JSON. */
export const maxVariablesBytes = 10 * 1024 * 1024;
/** Events in the history of one standard execution. */
export const maxHistoryEvents = 25_000;
/** Iterations of an inline Map that run at once, whatever MaxConcurrency says. */
export const maxInlineConcurrency = 40;
/** Child executions of one Map Run that run at once. */
export const maxDistributedConcurrency = 10_000;
/** The longest Wait, and the longest TimeoutSeconds. */
export const maxSeconds = 99_999_999;
/** Characters of a definition. */
export const maxDefinitionCharacters = 1024 * 1024;
