/**
 * The resources that a workflow uses, as symbols: their names and ARNs stand in the compiled machine as tokens such as
 * `${jobs.orders.arn}`, which whoever deploys it renders. So compiling needs no account and gives the same bytes everywhere.
 */

/** A resource before it has a place in the workflow's tree of resources. */
export interface ResourceKind<R> {
  readonly at: (path: string) => R;
}

const token = (path: string, attribute: string): string => `\${${path}.${attribute}}`;

interface Named {
  readonly name: string;
  readonly arn: string;
}
const named = (path: string): Named => ({ name: token(path, "name"), arn: token(path, "arn") });

export type GlueJob = Named & { readonly kind: "glue job" };
export type GlueCrawler = Named & { readonly kind: "glue crawler" };
export type AthenaWorkgroup = Named & { readonly kind: "athena workgroup" };
export interface GlueDatabase extends Named {
  readonly kind: "glue database";
  readonly catalogArn: string;
  /** The ARN of all its tables. */
  readonly tablesArn: string;
}
export interface SnsTopic {
  readonly kind: "sns topic";
  readonly arn: string;
}
export interface S3Bucket extends Named {
  readonly kind: "s3 bucket";
  /** The ARN of the objects whose keys match, `*` standing for anything. */
  objects(keys: string): string;
}

export const glueJob = (): ResourceKind<GlueJob> => ({ at: (path) => ({ kind: "glue job", ...named(path) }) });
export const glueCrawler = (): ResourceKind<GlueCrawler> => ({
  at: (path) => ({ kind: "glue crawler", ...named(path) }),
});
export const athenaWorkgroup = (): ResourceKind<AthenaWorkgroup> => ({
  at: (path) => ({ kind: "athena workgroup", ...named(path) }),
});
export const glueDatabase = (): ResourceKind<GlueDatabase> => ({
  at: (path) => ({
    kind: "glue database",
    ...named(path),
    catalogArn: token(path, "catalogArn"),
    tablesArn: token(path, "tablesArn"),
  }),
});
export const snsTopic = (): ResourceKind<SnsTopic> => ({
  at: (path) => ({ kind: "sns topic", arn: token(path, "arn") }),
});
export const s3Bucket = (): ResourceKind<S3Bucket> => ({
  at: (path) => ({ kind: "s3 bucket", ...named(path), objects: (keys) => `${token(path, "arn")}/${keys}` }),
});

/** A tree of resources as a workflow declares it. */
export interface ResourceTree {
  readonly [name: string]: ResourceKind<unknown> | ResourceTree;
}

/** The tree with each resource in its place. */
export type Resources<T extends ResourceTree> = {
  readonly [K in keyof T]: T[K] extends ResourceKind<infer R> ? R : T[K] extends ResourceTree ? Resources<T[K]> : never;
};

/**
 * One of the resources that are declared under names known only as text.
 * @throws Error if none is declared under the name
 */
export function resource<R>(resources: Readonly<Record<string, R>>, name: string): R {
  const found = resources[name];
  if (found === undefined)
    throw new Error(`no resource "${name}" is declared: there is ${Object.keys(resources).join(", ")}`);
  return found;
}
