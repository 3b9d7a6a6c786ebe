import { toolNames, versionOf } from './tools.ts';

/** Says last of all, in one line, what these tests ran against and what they had to skip. */
export function teardown(): void {
  const versions = toolNames.map((tool) => ({ tool, version: versionOf(tool) }));
  const found = versions.filter(({ version }) => version !== undefined);
  const missing = versions.filter(({ version }) => version === undefined);
  const ran = found.map(({ tool, version }) => `${tool} ${version}`).join(', ') || 'nothing';
  const skipped = missing.map(({ tool }) => tool).join(', ') || 'nothing';
  console.log(`interop ran against ${ran}; it skipped ${skipped}`);
}
