import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { actionYaml } from './action-yaml.ts';
import { loadContracts } from './contracts.ts';
import { readme } from './readme.ts';

/** What a root's generated files should hold, by their paths in it. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [name, contract] of await loadContracts(root)) {
    files.set(`actions/${name}/action.yml`, actionYaml(contract, `../../dist/${name}.js`));
    const path = `actions/${name}/README.md`;
    try {
      files.set(path, readme(contract, await readIfThere(join(root, path))));
    } catch (error) {
      throw new Error(`${path} has no place for its tables`, { cause: error });
    }
    if (name === 'publish') files.set('action.yml', actionYaml(contract, `dist/${name}.js`));
  }
  for (const [name, schema] of Object.entries(await loadSchemas(root))) {
    files.set(`schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
  }
  return files;
}

const readIfThere = async (path: string): Promise<string | undefined> =>
  existsSync(path) ? readFile(path, 'utf8') : undefined;

async function loadSchemas(root: string): Promise<Readonly<Record<string, unknown>>> {
  const file = join(root, 'packages/core/src/schemas.ts');
  if (!existsSync(file)) return {};
  const { schemas } = (await import(pathToFileURL(file).href)) as {
    readonly schemas: Readonly<Record<string, unknown>>;
  };
  return schemas;
}
