import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a value is written to a file. */
export interface Codec<Value> {
  encode(value: Value): Uint8Array | string;
  decode(bytes: Buffer): Value;
}

/** A map that a folder mirrors, one file an entry. */
export interface FileMap<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): void;
  delete(key: string): boolean;
  keys(): string[];
  values(): Value[];
}

/** Opens the folder, makes it where it is missing, and reads what is there; without one it is a map in memory. */
export function openFileMap<Value>(
  folder: string | undefined,
  codec: Codec<Value>,
): FileMap<Value> {
  if (folder === undefined) return inMemory(new Map());
  mkdirSync(folder, { recursive: true });
  const entries = readEntries(folder, codec);
  const pathOf = (key: string): string => join(folder, encodeURIComponent(key));
  const map = inMemory(entries);
  return {
    ...map,
    set(key, value) {
      writeWhole(pathOf(key), codec.encode(value));
      map.set(key, value);
    },
    delete(key) {
      rmSync(pathOf(key), { force: true });
      return map.delete(key);
    },
  };
}

const inMemory = <Value>(entries: Map<string, Value>): FileMap<Value> => ({
  get: (key) => entries.get(key),
  has: (key) => entries.has(key),
  set: (key, value) => void entries.set(key, value),
  delete: (key) => entries.delete(key),
  keys: () => [...entries.keys()],
  values: () => [...entries.values()],
});

function readEntries<Value>(folder: string, codec: Codec<Value>): Map<string, Value> {
  const names = readdirSync(folder).filter((name) => !name.startsWith(partPrefix));
  return new Map(
    names.map((name) => [decodeURIComponent(name), codec.decode(readFileSync(join(folder, name)))]),
  );
}

// A percent sign that no encoded key can start with: what a crash left half written is no entry.
const partPrefix = '%part-';

function writeWhole(path: string, content: Uint8Array | string): void {
  const part = join(path, '..', `${partPrefix}${randomUUID()}`);
  writeFileSync(part, content);
  renameSync(part, path);
}
