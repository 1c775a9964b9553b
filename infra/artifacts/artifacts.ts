/**
 * Code in S3 at content-addressed keys. A change of the code is a new object beside the old one, so a published version
 * of the machine keeps the scripts that it was published with.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Zone } from "../storage/zone.ts";
import type { Artifact } from "./python.ts";

export class Artifacts extends pulumi.ComponentResource {
  readonly #zone: Zone;

  constructor(name: string, zone: Zone) {
    super("lakehouse:artifacts:Artifacts", name, {}, { parent: zone });
    this.#zone = zone;
    this.registerOutputs();
  }

  /** Uploads a script as it is. @returns its `s3://` address, once it is there */
  script(name: string, { key, files }: Artifact): pulumi.Output<string> {
    const [path] = Object.values(files);
    if (path === undefined) throw new Error(`Artifact "${name}" (${key}) has no file.`);
    return this.#upload(name, key, new pulumi.asset.FileAsset(path));
  }

  /** Uploads a set of files as one zip. @returns its `s3://` address, once it is there */
  zip(name: string, { key, files }: Artifact): pulumi.Output<string> {
    const assets = Object.entries(files).map(([inZip, path]) => [inZip, new pulumi.asset.FileAsset(path)] as const);
    return this.#upload(name, key, new pulumi.asset.AssetArchive(Object.fromEntries(assets)));
  }

  #upload(name: string, key: string, source: pulumi.asset.Asset | pulumi.asset.Archive): pulumi.Output<string> {
    const object = new aws.s3.BucketObjectv2(
      name,
      { bucket: this.#zone.bucket, key, source },
      // Versions of the machine that are rolled back to still name the object.
      { parent: this, retainOnDelete: true },
    );
    return pulumi.interpolate`s3://${object.bucket}/${object.key}`;
  }
}
