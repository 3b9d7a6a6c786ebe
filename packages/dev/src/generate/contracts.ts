import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ActionContract } from '@oci-matrix/github';

/** The names of the actions under a root, sorted: the folders of `actions/` with that file. */
export async function actionsWith(root: string, file: string): Promise<string[]> {
  const folder = join(root, 'actions');
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.filter((name) => existsSync(join(folder, name, file))).sort();
}

/** The contracts of the actions under a root, by name. */
export async function loadContracts(root: string): Promise<ReadonlyMap<string, ActionContract>> {
  const contracts = new Map<string, ActionContract>();
  for (const name of await actionsWith(root, 'contract.ts')) {
    const file = join(root, 'actions', name, 'contract.ts');
    contracts.set(name, parseContract(await import(pathToFileURL(file).href), name));
  }
  return contracts;
}

function parseContract(module: { readonly contract?: unknown }, name: string): ActionContract {
  const { contract } = module;
  if (typeof contract === 'object' && contract !== null && 'inputs' in contract) {
    return contract as ActionContract;
  }
  throw new Error(`actions/${name}/contract.ts exports no contract`);
}
