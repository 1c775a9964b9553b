/**
 * Values that are put in at deployment: `${Timeout}`, as CDK, SAM, Terraform and CloudFormation's `DefinitionSubstitutions`
 * write them. They stand in texts; one that is the whole of a text may stand for anything, a number too.
 */

/** Whether nothing is known of the value but the name of what it will be. */
export const isPlaceholder = (value: unknown): boolean => typeof value === "string" && /^\$\{[^{}]+\}$/.test(value);

/** Whether a part of the text is not known yet, so its grammar can't be judged. */
export const hasPlaceholder = (value: unknown): boolean => typeof value === "string" && /\$\{[^{}]+\}/.test(value);
