import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { CommandLineError } from '../registry/options.ts';
import { findServers, measureAt } from './bench.ts';
import { findClients } from './clients/find-clients.ts';
import { endOnSignals } from './command.ts';
import { type BenchOptions, helpText, parseOptions } from './options.ts';
import { measureReading } from './reading/measure-reading.ts';
import { renderReading } from './reading/render-reading.ts';
import { renderReport, renderSection, renderVerdict, type Section } from './report.ts';
import { checkout, machine } from './versions.ts';

await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(words);
    if (options === undefined) console.log(helpText);
    else await bench(options, ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])]);
  } catch (error) {
    const isMistake = error instanceof CommandLineError;
    console.error(error instanceof Error ? error.message : String(error));
    if (isMistake) console.error('Run it with --help to see the options.');
    process.exitCode = isMistake ? 2 : 1;
  }
}

async function bench(options: BenchOptions, command: readonly string[]): Promise<void> {
  endOnSignals();
  await using home = await temporaryDirectory('bench-home');
  const { ours, all: clients, missing } = await findClients(home.path);
  await using _ours = ours;
  const { kinds, missing: missingServers } = findServers(options.servers);
  for (const name of [...missing, ...missingServers]) console.log(`skipped: ${name} is not here`);
  const needsRegistry = options.cases.some((name) => name !== 'g');
  if (needsRegistry && kinds.length === 0) {
    throw new CommandLineError('none of the registries is installed');
  }

  const sections: Section[] = [];
  for (const kind of needsRegistry ? kinds : []) {
    for await (const section of measureAt(kind, clients, options)) {
      sections.push(section);
      console.log(`\n${renderSection(section)}\n`);
    }
  }
  const reading = options.cases.includes('g')
    ? [renderReading(await measureReading(options.quick, options.repeat))]
    : [];
  for (const section of reading) console.log(`\n${section}\n`);
  const file = join(checkout, 'bench', 'RESULTS.md');
  const setting = { clients, missing, missingServers, machine: machine() };
  const more = { command: command.join(' '), rounds: options.repeat };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, renderReport({ ...setting, ...more }, sections, reading));
  console.log(`${renderVerdict(sections)}; all of it is in bench/RESULTS.md`);
}
