import { basename, posix } from 'node:path';

const maxLines = 250;

const node = /^node:/;
const nodeWithoutNetwork = /^node:(?!(?:https?|http2|net|tls|dgram)$)/;
const own = (...names: readonly string[]): RegExp =>
  new RegExp(`^@oci-matrix/(?:${names.join('|')})$`);

/** What may import what: the folders of the house, and everything that their sources may name. */
const mayImport: Readonly<Record<string, readonly RegExp[]>> = {
  'packages/oci': [/^node:crypto$/],
  'packages/distribution': [own('oci'), node],
  'packages/signing': [
    own('oci'),
    /^@sigstore\/(?:bundle|verify)$/,
    /^@noble\/ciphers(?:\/|$)/,
    node,
  ],
  'packages/core': [
    own('distribution', 'oci', 'signing'),
    /^zod\/mini$/,
    /^p-map$/,
    nodeWithoutNetwork,
  ],
  'packages/github': [own('oci'), /^@actions\/[a-z-]+$/, nodeWithoutNetwork],
  'packages/testing': [
    own('oci'),
    /^@actions\/(?:workflow-parser|expressions)(?:\/|$)/,
    /^yaml$/,
    /^@sigstore\/mock$/,
    node,
  ],
  'packages/dev': [own('github', 'oci', 'testing'), /^rolldown$/, /^yaml$/, node],
  actions: [own('core', 'github', 'oci'), nodeWithoutNetwork],
};
const mayImportTypes: Readonly<Record<string, RegExp>> = { actions: own('distribution') };

/** A file of the repository. */
export interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  /** Undefined where it is computed. */
  readonly specifier: string | undefined;
  readonly onlyTypes: boolean;
}

const statement =
  /^[ \t]*(?:import|export)\s+(?:(?<names>[^'";]*?)\s*\bfrom\s*)?['"](?<from>[^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*(?:['"](?<from>[^'"]+)['"])?/g;

function importsOf(text: string): Import[] {
  const fixed = [...text.matchAll(statement)].map(({ groups }) => ({
    specifier: groups?.from,
    onlyTypes: namesOnlyTypes(groups?.names ?? ''),
  }));
  const atRunTime = [...text.matchAll(dynamic)].map(({ groups }) => ({
    specifier: groups?.from,
    onlyTypes: false,
  }));
  return [...fixed, ...atRunTime];
}

function namesOnlyTypes(names: string): boolean {
  if (names.startsWith('type ')) return true;
  const inBraces = /^\{(?<list>[^}]*)\}$/.exec(names.trim())?.groups?.list;
  if (inBraces === undefined) return false;
  const list = inBraces.split(',').map((name) => name.trim());
  return list.filter((name) => name !== '').every((name) => name.startsWith('type '));
}

/** The folder whose rules a file is under: `packages/core`, `actions/publish`; undefined where none apply. */
export const folderOf = (path: string): string | undefined =>
  /^(?:packages|actions)\/[^/]+(?=\/)/.exec(path)?.[0];

/** Everything that is wrong with a file, in sentences. */
export function violationsOf({ path, text }: Source): string[] {
  const faults = [...shapeFaults({ path, text })];
  const folder = folderOf(path);
  if (folder !== undefined && !path.endsWith('.test.ts')) {
    faults.push(...importsOf(text).flatMap((found) => importFaults(path, folder, found)));
  }
  return faults.map((fault) => `${path} ${fault}`);
}

function* shapeFaults({ path, text }: Source): Generator<string> {
  const lines = text.split('\n').length - 1;
  if (lines > maxLines) yield `has ${lines} lines`;
  if (/^(?:utils?|helpers?)\./.test(basename(path))) yield 'is named after nothing';
  for (const [mock] of text.matchAll(/\bvi\s*\.\s*(?:mock|doMock|spyOn)\b/g)) yield `uses ${mock}`;
  const isConfig = /^[^/]+\.config\.ts$/.test(path);
  if (!isConfig && /^\s*export\s+(?:default\b|\{[^}]*\bas\s+default\b)/m.test(text)) {
    yield 'has a default export';
  }
}

function importFaults(path: string, folder: string, { specifier, onlyTypes }: Import): string[] {
  const family = folder.startsWith('actions/') ? 'actions' : folder;
  if (specifier === undefined) {
    // The generators load contracts and schemas from wherever they lie; nobody else needs to.
    return folder === 'packages/dev' ? [] : ['imports what this test cannot see'];
  }
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith(`${folder}/`) ? [] : [`imports ${target}, which is not in ${folder}`];
  }
  const allowed = mayImport[family]?.some((pattern) => pattern.test(specifier)) ?? false;
  const asType = onlyTypes && (mayImportTypes[family]?.test(specifier) ?? false);
  return allowed || asType ? [] : [`imports ${specifier}`];
}
