/**
 * The functions that an expression can call: those of JSONata 2.0.6 without `$eval`, and those of Step Functions.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const functionNames: ReadonlySet<string> = new Set(
  [
    "abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent",
    "distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis",
    "hash join keys length lookup lowercase map match max merge millis min not now number pad parse parseInteger partition",
    "power random range reduce replace reverse round shuffle sift single sort split spread sqrt string substring",
    "substringAfter substringBefore sum toMillis trim type uppercase uuid zip",
  ].flatMap((line) => line.split(" ")),
);
