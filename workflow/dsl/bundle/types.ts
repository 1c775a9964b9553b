/** What goes into a bundling and what comes out of it. */
import type { AwsCalls } from "./aws_calls.ts";
import type { Schema } from "./edge.ts";

/** A place in a file as V8 reports it: lines and columns count from 1, `file` is an absolute path. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One inline Lambda step: the name it has in the machine, where it was called for, and what was passed. */
export interface BundleRequest {
  readonly name: string;
  readonly site: CallSite;
  readonly handler: (...args: never) => unknown;
  /** The schemas in the step's options, which the Lambda applies to its event and its result. */
  readonly input?: Schema | undefined;
  readonly output?: Schema | undefined;
}

/** A function ready for AWS Lambda's `index.handler`, as the files `index.js` and `index.js.map`. */
export interface LambdaBundle {
  /** CommonJS for Node 24. Its last line names `index.js.map`, which `NODE_OPTIONS=--enable-source-maps` reads. */
  readonly code: string;
  readonly map: string;
  /** Hex SHA-256 of `code`: the same in every checkout of the same sources. */
  readonly sha256: string;
  /** What of AWS the code can call. */
  readonly calls: AwsCalls;
  /** Where the handler is written; the file is relative to the nearest package.json, with slashes. */
  readonly source: { readonly file: string; readonly line: number };
}

export interface BundleOptions {
  /** Packages left out of the bundle, in esbuild's notation (`@aws-sdk/*`). None by default: bundles are hermetic. */
  readonly external?: readonly string[];
}
