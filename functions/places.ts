/** Where a file of the raw zone goes: pure functions of its key, `raw/{dataset}/{path}`. */

interface RawKey {
  /** The first folder below `raw/`, or null for a file directly under `raw/`. */
  readonly folder: string | null;
  readonly path: string;
}

export function parseRawKey(key: string): RawKey {
  const rest = key.replace(/^raw\//, "");
  const slash = rest.indexOf("/");
  return slash < 0 ? { folder: null, path: rest } : { folder: rest.slice(0, slash), path: rest.slice(slash + 1) };
}

/** Each version of a key has a place of its own, so that nothing in these zones is ever overwritten. */
function versionedKey(zone: string, key: string, version: string): string {
  const { folder, path } = parseRawKey(key);
  return [zone, ...(folder === null ? [] : [folder]), version, path].join("/");
}

export const archiveKey = (key: string, version: string): string => versionedKey("archived", key, version);
export const quarantineKey = (key: string, version: string): string => versionedKey("quarantine", key, version);
export const reasonKey = (key: string, version: string): string => `${quarantineKey(key, version)}.reason.json`;

export const markerKey = (key: string): string => `processed/_processed_log/${key.replace(/^raw\//, "")}.txt`;

/** A part of the audit table; a step that runs twice writes the same part again. */
export const auditKey = (createdAt: string, batch: string, part: string): string =>
  `processed/ingest_files/day=${createdAt.slice(0, 10)}/${batch}-${part}.jsonl`;
