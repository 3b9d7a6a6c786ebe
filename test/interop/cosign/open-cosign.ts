import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignatureFormat } from '@oci-matrix/core';
import { temporaryDirectory } from '@oci-matrix/testing';
import { runTool } from '../tools.ts';
import type { PemPair } from './keys.ts';

/** Of the keys that cosign keeps. */
export const password = 'correct horse';

/** cosign with nothing of this machine's settings, no log, and no network but loopback. */
export interface Cosign extends AsyncDisposable {
  /** Makes a key, which is encrypted. */
  generate(): Promise<PemPair>;
  /** Takes a private key in PEM as its own, encrypted. */
  import(pem: string): Promise<PemPair>;
  sign(reference: string, pair: PemPair, format: SignatureFormat): Promise<void>;
  /** Gives what it printed; throws with its complaint. */
  verify(
    reference: string,
    publicKey: string,
    format: SignatureFormat,
    ...flags: string[]
  ): Promise<string>;
}

export async function openCosign(): Promise<Cosign> {
  const folder = await temporaryDirectory('cosign');
  const file = fileNames(folder.path);
  const env = { HOME: folder.path, DOCKER_CONFIG: folder.path, COSIGN_PASSWORD: password };
  const run: Run = (...args) => runTool('cosign', args, { env, cwd: folder.path });
  return {
    generate: () => keyPair(run, file, 'generate-key-pair'),
    import: async (pem) => keyPair(run, file, 'import-key-pair', '--key', await written(file, pem)),
    sign: async (reference, { key }, format) => {
      const flags = [...loopback, ...unlogged, ...flagsOf[format]];
      await run('sign', '--key', await written(file, key), ...flags, reference);
    },
    verify: async (reference, publicKey, format, ...more) => {
      const flags = [...loopback, ...offline, ...flagsOf[format], ...more];
      const key = await written(file, publicKey);
      const printed = await run('verify', '--key', key, ...flags, reference);
      return ofFormat(format, printed.toString());
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

type Run = (...args: string[]) => Promise<Buffer>;

const loopback = ['--allow-http-registry'];
const offline = ['--insecure-ignore-tlog=true', '--private-infrastructure=true'];
const unlogged = ['--tlog-upload=false', '--use-signing-config=false'];
const flagsOf: Readonly<Record<SignatureFormat, readonly string[]>> = {
  bundle: ['--new-bundle-format=true'],
  legacy: ['--new-bundle-format=false'],
};
const typeOf: Readonly<Record<SignatureFormat, string>> = {
  bundle: 'https://sigstore.dev/cosign/sign/v1',
  legacy: 'cosign container image signature',
};

/** Where it finds no bundle it looks for a legacy signature, and says in the type alone that it did. */
function ofFormat(format: SignatureFormat, printed: string): string {
  if (printed.includes(`"type":"${typeOf[format]}"`)) return printed;
  throw new Error(`cosign verified no ${format}: ${printed}`);
}

function fileNames(folder: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return join(folder, `file-${count}`);
  };
}

async function written(file: () => string, text: string): Promise<string> {
  const path = file();
  await writeFile(path, text);
  return path;
}

async function keyPair(run: Run, file: () => string, ...command: string[]): Promise<PemPair> {
  const prefix = file();
  await run(...command, '--output-key-prefix', prefix);
  const read = (end: string): Promise<string> => readFile(`${prefix}.${end}`, 'utf8');
  return { key: await read('key'), publicKey: await read('pub') };
}
