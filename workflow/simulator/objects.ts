/** Objects as S3 keeps them: what a distributed Map reads its items from and writes its results to. */
import { createHash } from "node:crypto";
import { TaskError } from "./errors.ts";

export interface ObjectSummary {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Default STANDARD. */
  readonly storageClass?: string;
}

interface Call {
  readonly bucket: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** S3 as far as Map states need it. Throw a TaskError for what S3 refuses: it becomes the cause of the Map's failure. */
export interface ObjectStore {
  get(
    object: Call & { readonly key: string; readonly versionId: string | undefined },
  ): Promise<string | Uint8Array> | string | Uint8Array;
  /** All objects whose keys begin with the prefix, in the order of their keys. */
  list(where: Call & { readonly prefix: string }): Promise<readonly ObjectSummary[]> | readonly ObjectSummary[];
  put(object: Call & { readonly key: string; readonly body: string }): unknown;
}

/** A store in memory, for tests; `contents` has what is in it now, by `bucket/key`. */
export interface MemoryObjects extends ObjectStore {
  readonly contents: ReadonlyMap<string, string | Uint8Array>;
}

/**
 * A store that begins with these objects.
 * @param initial bodies by `bucket/key`
 * @param lastModified of the objects, default 2025-01-01T00:00:00Z
 */
export function memoryObjects(
  initial: Readonly<Record<string, string | Uint8Array>> = {},
  lastModified = new Date("2025-01-01T00:00:00Z"),
): MemoryObjects {
  const contents = new Map(Object.entries(initial));
  return {
    contents,
    get: ({ bucket, key }) => {
      const body = contents.get(`${bucket}/${key}`);
      if (body === undefined) throw new TaskError("S3.NoSuchKeyException", `The specified key does not exist: ${key}`);
      return body;
    },
    list: ({ bucket, prefix }) =>
      [...contents]
        .filter(([name]) => name.startsWith(`${bucket}/${prefix}`))
        .map(([name, body]) => ({
          key: name.slice(bucket.length + 1),
          size: Buffer.byteLength(body),
          etag: createHash("md5").update(body).digest("hex"),
          lastModified,
        }))
        .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
    put: ({ bucket, key, body }) => {
      contents.set(`${bucket}/${key}`, body);
    },
  };
}
