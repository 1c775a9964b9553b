/** Errors that Step Functions knows by name: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */

/** Every error but those that can't be caught. */
export const AnyError = ["States.ALL"] as const;
