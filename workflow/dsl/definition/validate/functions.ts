/** The functions of JSONata as Step Functions has them. */

/** https://docs.jsonata.org/overview.html, chapters "function library"; without `$eval`. */
const own = [
  "abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent",
  "distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis",
  "join keys length lookup lowercase map match max merge millis min not now number pad parseInteger power random reduce",
  "replace reverse round shuffle sift single sort split spread sqrt string substring substringAfter substringBefore sum",
  "toMillis trim type uppercase zip",
];
/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-step-functions */
const added = ["hash parse partition range uuid"];

export const functions: ReadonlySet<string> = new Set([...own, ...added].flatMap((line) => line.split(" ")));
