/**
 * Deletes the versions of a function but the last ones, page by page.
 * https://github.com/aws-samples/step-functions-workflows-collection/tree/main/step-functions-lambda-version-cleanup
 */
import { DeleteFunctionCommand, ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { add, eq, lambdaFunction, length, sdk, withDefault, workflow } from "../../../../workflow/dsl/index.ts";
import { example } from "./example.ts";

const machine = workflow(
  "versions_cleanup",
  { input: z.object({ keep: z.number() }), resources: { cleaned: lambdaFunction() } },
  (flow, { keep }, aws) => {
    const FunctionName = aws.cleaned.arn;
    const first = flow.task("FirstPage", sdk(ListVersionsByFunctionCommand, { FunctionName }, FunctionName));
    const { deleted } = flow.repeat(
      "Pages",
      { versions: withDefault(first.Versions, []), marker: withDefault(first.NextMarker, ""), deleted: 0, last: false },
      { atMost: 20 },
      (flow, page) => {
        const old = flow.lambda("OldOnes", { versions: page.versions, keep }, ({ versions, keep: kept }) =>
          versions
            .flatMap(({ Version = "$LATEST" }) => (Version === "$LATEST" ? [] : [Number(Version)]))
            .sort((one, other) => other - one)
            .slice(kept)
            .map(String),
        );
        flow.map("EachOldOne", old, { maxConcurrency: 1 }, (flow, Qualifier) => {
          flow.task("Delete", sdk(DeleteFunctionCommand, { FunctionName, Qualifier }, `${FunctionName}:*`));
        });
        const sum = add(page.deleted, length(old));
        return flow.if(
          "LastPage",
          eq(page.marker, ""),
          () => ({ versions: [], marker: "", deleted: sum, last: true }),
          (flow) => {
            const next = flow.task(
              "NextPage",
              sdk(ListVersionsByFunctionCommand, { FunctionName, Marker: page.marker }, FunctionName),
            );
            return {
              versions: withDefault(next.Versions, []),
              marker: withDefault(next.NextMarker, ""),
              deleted: sum,
              last: false,
            };
          },
        );
      },
      ({ last }) => last,
    );
    return deleted;
  },
);

const versions = (...all: string[]): object => ({ Versions: all.map((Version) => ({ Version })) });

export const versionsCleanup = example(machine, {
  "deletes the oldest of each page": {
    input: { keep: 1 },
    tasks: {
      FirstPage: { ...versions("$LATEST", "1", "2", "10"), NextMarker: "m" },
      NextPage: versions("11", "12"),
      Delete: {},
    },
    output: 3,
    asked: { Delete: ["2", "1", "11"].map((Qualifier) => ({ FunctionName: "${cleaned.arn}", Qualifier })) },
  },
  "deletes nothing where there is nothing old": {
    input: { keep: 2 },
    tasks: { FirstPage: versions("$LATEST", "1") },
    output: 0,
  },
});
