import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** The licences of all packages that the modules come from, as one text; the same for the same versions, wherever they are installed. */
export async function licencesOf(modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== undefined));
  const licences = await Promise.all([...folders].map(readLicence));
  const sections = licences.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
  );
  return [...new Set(sections)].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

// Ours are links to folders beside node_modules, and have the licence of the repository.
function packageFolder(module: string): string | undefined {
  const path = module.replace(/^\0+/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

async function readLicence(folder: string): Promise<Licence> {
  const found: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = found as Record<string, unknown>;
  return {
    name: String(name),
    version: String(version),
    licence: typeof license === 'string' ? license : 'see below',
    text: await readText(folder, String(name)),
  };
}

async function readText(folder: string, name: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|copying|notice)/i.test(file),
  );
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length > 0)
    return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  const readme = join(folder, 'README.md');
  const section = existsSync(readme)
    ? /^#+ *licen[cs]e[\s\S]*/im.exec(await readFile(readme, 'utf8'))
    : null;
  return (
    section?.[0].replaceAll('\r\n', '\n').trim() ?? `${name} comes without a text of its licence.`
  );
}
