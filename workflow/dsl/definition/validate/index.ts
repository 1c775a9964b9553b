/**
 * Checks of a definition, whoever wrote it: what Step Functions would refuse, what would fail when it runs, and what is
 * worth a look. A rule is a pure function, and everything that is found is told at once.
 *
 * What Step Functions finds itself (https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html)
 * and what asl-validator and amazon-states-language-service find, is found here, but for
 * - TOO_DEEPLY_NESTED, since AWS doesn't say how deep is too deep;
 * - STATE_MACHINE_NAME_…: the machine's name is not in the definition;
 * - NO_DOLLAR, NO_PATH and PASS_RESULT_IS_STATIC, warnings about JSONPath's texts that look like paths;
 * - what has to be parsed to be found in JSONPath: paths, intrinsic functions, what a Choice compares;
 * - the words that WriterConfig, ReaderConfig and ProcessorConfig take.
 * Of the last two, whoever runs definitions has a parser: `lakehouse validate` asks it as well.
 */
import { callbacksAreNotRepeated, callbacksEnd, heartbeatsAreShorter, jobsEnd, tokensAreSent } from "./callbacks.ts";
import { definitionOf, type Known } from "./definition.ts";
import { anyErrorIsAloneAndLast, errorsAreKnown, handlersAreReached } from "./errors.ts";
import { fieldsStandAlone } from "./exclusive.ts";
import { expressChildrenFit } from "./express.ts";
import type { Finding, Rule } from "./finding.ts";
import { historiesFit } from "./history.ts";
import { apisAreHttps } from "./https.ts";
import { labelsFit } from "./labels.ts";
import { mapsRunSoManyAtOnce, numbersFit } from "./limits.ts";
import { loopsEnd } from "./loops.ts";
import { mapsAreConfigured } from "./map_parts.ts";
import { languagesMix, namesAreGiven, namesAreShort, namesAreUnique, targetsExist } from "./names.ts";
import { definitionFits, payloadsFit } from "./payload.ts";
import { statesAreReached } from "./reachability.ts";
import { resourcesAreKnown } from "./resources.ts";
import { fieldsFit, inlineMapIsPlain, nothingIsEmpty } from "./shape.ts";
import { statesMembersExist } from "./states_member.ts";
import { bracesAreOutermost, contextIsNamed, functionsAreKnown, grammarHolds } from "./syntax.ts";
import { statesAreObjects, valuesFit } from "./values.ts";
import { variablesAreNamed } from "./variable_names.ts";
import { innerVariablesHaveOtherNames, variablesAreAssigned } from "./variables.ts";

export type { Known } from "./definition.ts";
export type { Code, Finding, Place, Rule, Severity } from "./finding.ts";

const rules: readonly Rule[] = [
  fieldsFit,
  statesAreObjects,
  valuesFit,
  nothingIsEmpty,
  fieldsStandAlone,
  languagesMix,
  inlineMapIsPlain,
  mapsAreConfigured,
  namesAreGiven,
  namesAreShort,
  namesAreUnique,
  targetsExist,
  statesAreReached,
  loopsEnd,
  numbersFit,
  mapsRunSoManyAtOnce,
  labelsFit,
  expressChildrenFit,
  resourcesAreKnown,
  apisAreHttps,
  tokensAreSent,
  callbacksEnd,
  callbacksAreNotRepeated,
  heartbeatsAreShorter,
  jobsEnd,
  errorsAreKnown,
  anyErrorIsAloneAndLast,
  handlersAreReached,
  grammarHolds,
  bracesAreOutermost,
  functionsAreKnown,
  contextIsNamed,
  statesMembersExist,
  variablesAreNamed,
  variablesAreAssigned,
  innerVariablesHaveOtherNames,
  payloadsFit,
  definitionFits,
  historiesFit,
];

/**
 * All that is found in a definition, errors first. The definition is a JSON value; it may be broken in any way.
 * @param known what whoever made the definition knows besides
 */
export function validate(definition: unknown, known: Known = {}): Finding[] {
  const read = definitionOf(definition, known);
  const found = rules.flatMap((rule) => rule(read));
  return [
    ...found.filter(({ severity }) => severity === "error"),
    ...found.filter(({ severity }) => severity === "warning"),
  ];
}
