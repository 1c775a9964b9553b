/** The role that an AWS service assumes for one resource of ours, with the permissions of that resource and no others. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyJson, trustJson, type Statement } from "./policy.ts";

interface ServiceRoleArgs {
  /** The role's name on AWS. */
  readonly roleName: string;
  readonly description: string;
  /** Who assumes it, e.g. `lambda.amazonaws.com`. */
  readonly service: string;
  /** Trusts the service only on behalf of this account; not every service says for whom it acts. */
  readonly onlyFor?: string;
  readonly statements: pulumi.Input<readonly Statement[]>;
}

export class ServiceRole extends pulumi.ComponentResource {
  /** Known once the permissions are in place, so that whatever takes the role can use it at once. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ServiceRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("lakehouse:iam:ServiceRole", name, {}, options);
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: args.description,
        assumeRolePolicy: trustJson(args.service, args.onlyFor),
      },
      { parent: this },
    );
    const permissions = new aws.iam.RolePolicy(
      name,
      { name: "permissions", role: role.name, policy: pulumi.output(args.statements).apply(policyJson) },
      { parent: this },
    );
    this.arn = pulumi.all([role.arn, permissions.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
