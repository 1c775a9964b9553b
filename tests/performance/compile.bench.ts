/** From a program to the definition's text: the DSL beside aws-cdk-lib, on the same 1,000 states. */
import { compile } from "../../workflow/dsl/index.ts";
import { cdkDefinition, cdkTemplate } from "./cdk_machine.ts";
import { dslMachine, statesInGroup } from "./dsl_machine.ts";
import { measured, print, ratioTo } from "./measure.ts";
import { sameKinds } from "./states.ts";

const groups = 100;
const dsl = async (): Promise<object> => (await compile(dslMachine(groups))).definition;
const kinds = sameKinds({ "the DSL's": await dsl(), "CDK's": cdkDefinition(groups) });

const times = await measured([
  { name: "workflow(…) and compile(…), with its checks and permissions", run: async () => JSON.stringify(await dsl()) },
  { name: "aws-cdk-lib, the definition alone", run: () => JSON.stringify(cdkDefinition(groups)) },
  { name: "aws-cdk-lib, the template", run: () => JSON.stringify(cdkTemplate(groups)) },
]);
print(`Compile ${groups * statesInGroup} states (${kinds})`, times, ratioTo(times));
