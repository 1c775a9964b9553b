/** What the surface refuses, told by the compiler: a line here that is fine fails `npm run typecheck`. */
import { GetCrawlerCommand } from "@aws-sdk/client-glue";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { at, eq, gt, sdk, text, withDefault, type Workflow } from "../../../workflow/dsl/index.ts";
import { machine, told } from "./given.ts";

/** Never called: each line has to be refused, and the comment says why. */
export const refused = (): Workflow =>
  machine((flow, given, aws) => {
    // @ts-expect-error payload: the value may be missing; use withDefault(reference, …)
    flow.let("Price", given.prices.pear);
    // @ts-expect-error payload.price: the value may be missing; use withDefault(reference, …)
    told(flow, aws.function, { price: given.prices.pear });
    // @ts-expect-error payload: the value may be missing; use withDefault(reference, …)
    flow.let("Priority", given.priority);
    // @ts-expect-error result: a Date is not JSON; use .toISOString()
    flow.lambda("Date", {}, () => new Date());
    // @ts-expect-error result.deep.m: a Map is not JSON
    flow.lambda("Map", {}, () => ({ deep: { m: new Map<string, number>() } }));
    // @ts-expect-error result[]: a Set is not JSON
    flow.lambda("Set", {}, () => [new Set<string>()]);
    // @ts-expect-error result.f: a function is not JSON
    flow.lambda("Function", {}, () => ({ f: () => 1 }));
    // @ts-expect-error result: a bigint is not JSON
    flow.lambda("Bigint", {}, () => 1n);
    // @ts-expect-error result[]: undefined in an array becomes null
    flow.lambda("Hole", {}, () => ["a", undefined]);
    // @ts-expect-error result: `unknown` may not be JSON
    flow.lambda("Unknown", {}, (): unknown => 1);
    // @ts-expect-error result.p: a Promise is not JSON
    flow.lambda("Promise", {}, () => ({ p: Promise.resolve(1) }));
    // @ts-expect-error result.at: a reference can't be returned from inside a Lambda
    flow.lambda("Reference", {}, () => ({ at: given.at }));
    // @ts-expect-error payload.f: a function is not JSON
    flow.lambda("PayloadFunction", { f: () => 1 }, () => 1);

    // @ts-expect-error the event has no such member
    flow.lambda("Typo", { at: given.at }, ({ att }) => typeof att);
    // @ts-expect-error a text has no toFixed
    flow.lambda("WrongMethod", { at: given.at }, ({ at: when }) => typeof when.toFixed);

    // @ts-expect-error result: the value may be missing; use withDefault(reference, …)
    flow.if("MissingResult", true, () => at(given.files, 0));
    // @ts-expect-error there may be no first file, so its key may be missing: withDefault
    text`${at(given.files, 0).key}`;
    // @ts-expect-error the default of a text is a text
    withDefault(at(given.files, 0).key, 1);
    // @ts-expect-error a missing number has no order: withDefault
    gt(at(given.files, 0).size, 1);
    // @ts-expect-error a number is no text
    eq(given.at, 1);
    // @ts-expect-error the input has no such member
    flow.let("Nothing", given.nothing);
    // @ts-expect-error a text is no condition
    flow.if("Text", given.at, () => 1);
    // @ts-expect-error a value of `mode` is forgotten
    flow.choose("Forgotten", given.mode, { a: () => 1 });
    // @ts-expect-error the input's mode has no such value
    flow.choose("TooMany", given.mode, { a: () => 1, b: () => 2, c: () => 3 });
    // @ts-expect-error payload.key: the value may be missing; use withDefault(reference, …)
    flow.lambda("Missing", { key: at(given.files, 0).key }, () => 1);
    // @ts-expect-error Step Functions wants PascalCase
    sdk(DescribeExecutionCommand, { executionArn: given.at }, "*");
    // @ts-expect-error a reference is no number here
    flow.wait("Wait", given.at);
    // @ts-expect-error the API wants a Name
    sdk(GetCrawlerCommand, {}, "*");
    // @ts-expect-error there may be no first file, so its key may be missing
    sdk(GetCrawlerCommand, { Name: at(given.files, 0).key }, "*");
    // @ts-expect-error there may be no first crawler
    sdk(GetCrawlerCommand, at(given.crawlers, 0), "*");
    // @ts-expect-error the API's Name is a text
    sdk(GetCrawlerCommand, { Name: given.count }, "*");
  });
