/**
 * A mock configuration file as *Step Functions Local* reads it: test cases that say which response a Task state gets,
 * and the responses by the number of the call.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
import { z } from "zod";
import { jsonSchema, recordSchema, type Json } from "../json.ts";

/** Calls `from` to `to`, both inclusive, counted from 0, get the same response. */
export interface NumberedResponse {
  readonly from: number;
  readonly to: number;
  readonly response: MockedResponse;
}
export type MockedResponse =
  { readonly Return: Json } | { readonly Throw: { readonly Error: string; readonly Cause?: string } };

export interface MockConfig {
  /** Machine → test case → Task state → name of its response. */
  readonly machines: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  /** Responses by name, in the order of the calls. */
  readonly responses: Readonly<Record<string, readonly NumberedResponse[]>>;
}

/** Every reason why mocks can't be used; `findings` has one line each, with the place in the file. */
export class InvalidMocks extends Error {
  override readonly name = "InvalidMocks";
  readonly findings: readonly string[];
  constructor(findings: readonly string[]) {
    super(findings.join("\n"));
    this.findings = findings;
  }
}

const response = z.union([
  z.strictObject({ Return: jsonSchema }),
  z.strictObject({ Throw: z.strictObject({ Error: z.string(), Cause: z.exactOptional(z.string()) }) }),
]);
const named = <T>(member: z.ZodType<T>, error?: string): z.ZodType<Readonly<Record<string, T>>> =>
  recordSchema(z.string(), member, error);
const config = z.strictObject({
  StateMachines: named(
    z.strictObject({ TestCases: named(named(z.string())) }),
    'has to be an object: {"MACHINE": {"TestCases": {"CASE": {"TASK": "RESPONSE"}}}}',
  ),
  MockedResponses: named(named(z.unknown())).default({}),
});

/**
 * Reads the content of a mock configuration file.
 * @throws {InvalidMocks} naming all findings at once
 */
export function readMocks(raw: unknown): MockConfig {
  const read = config.safeParse(raw);
  if (!read.success) {
    throw new InvalidMocks(
      read.error.issues.map((issue) => `${["", ...issue.path.map(String)].join("/") || "/"}: ${issue.message}`),
    );
  }
  const findings: string[] = [];
  const responses = Object.entries(read.data.MockedResponses).map(([name, calls]) => {
    const place = `/MockedResponses/${name}`;
    const ranges = Object.entries(calls).flatMap(([numbers, body]) =>
      readResponse(`${place}/${numbers}`, numbers, body, findings),
    );
    const inOrder = ranges.toSorted((a, b) => a.from - b.from);
    findings.push(...overlaps(place, inOrder));
    return [name, inOrder] as const;
  });
  if (findings.length > 0) throw new InvalidMocks(findings);
  return {
    machines: Object.fromEntries(
      Object.entries(read.data.StateMachines).map(([name, machine]) => [name, machine.TestCases]),
    ),
    responses: Object.fromEntries(responses),
  };
}

/** How a range stands in the file: "0" or "1-2". */
export function rangeText({ from, to }: NumberedResponse): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function readResponse(place: string, numbers: string, body: unknown, findings: string[]): NumberedResponse[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(numbers) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === undefined || from > to) {
    findings.push(`${place}: "${numbers}" is no call's number: write "0", or "1-2" for calls 1 and 2`);
    return [];
  }
  const read = response.safeParse(body);
  if (!read.success) {
    findings.push(`${place}: needs {"Return": …} or {"Throw": {"Error": "…", "Cause": "…"}}`);
    return [];
  }
  return [{ from, to, response: read.data }];
}

function overlaps(place: string, inOrder: readonly NumberedResponse[]): string[] {
  return inOrder.flatMap((range, index) => {
    const before = inOrder[index - 1];
    if (before === undefined || before.to < range.from) return [];
    return [`${place}: call ${range.from} stands in both "${rangeText(before)}" and "${rangeText(range)}"`];
  });
}
