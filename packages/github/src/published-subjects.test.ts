import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { announcePublished } from './published-subjects.ts';
import { createSecrets } from './secrets.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const published = (...images: readonly string[]) => ({
  digest,
  dryRun: false,
  images: images.map((image) => ({ image })),
});
const log = { ...createLog(createSecrets(() => undefined)), info: () => undefined };

/** What the runner finds in its file, which had a line of the user's own, after an index was announced. */
async function announced(
  what: Parameters<typeof announcePublished>[0],
  earlier?: string,
): Promise<string> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'artifacts-'));
  const file = path.join(folder.path, 'artifacts');
  const list = path.join(folder.path, 'list');
  await writeFile(file, '# mine\n');
  if (earlier !== undefined) await writeFile(list, earlier);
  await announcePublished(what, {
    env: { GITHUB_ARTIFACTS: file, GITHUB_ARTIFACTS_LIST: list },
    log,
  });
  return await readFile(file, 'utf8');
}

const listOf = (...names: readonly string[]): string =>
  JSON.stringify({ version: 1, subjects: names.map((name) => ({ name, digest, kind: 'oci' })) });

test('F24: the runner is told of the index under every name that it has', async () => {
  const images = ['ghcr.io/acme/app', 'docker.io/acme/app'];

  expect(await announced(published(...images))).toBe(
    `# mine\noci://ghcr.io/acme/app@${digest}\noci://docker.io/acme/app@${digest}\n`,
  );
});

test('a registry that has nothing of it is not named', async () => {
  const images = [
    { image: 'ghcr.io/acme/app' },
    { image: 'quay.io/acme/app', failure: 'HTTP 500' },
  ];

  expect(await announced({ digest, dryRun: false, images })).not.toContain('quay.io');
});

test('a dry run names nothing', async () => {
  expect(await announced({ ...published('ghcr.io/acme/app'), dryRun: true })).toBe('# mine\n');
});

test('a name that an earlier step took is left alone, since the runner would fail the step', async () => {
  const text = await announced(published('ghcr.io/acme/app', 'b'), listOf('ghcr.io/acme/app'));

  expect(text).toBe(`# mine\noci://b@${digest}\n`);
});

test('no name is added to a job that has as many as the runner takes', async () => {
  const names = Array.from({ length: 499 }, (_, at) => `a${at}`);

  expect(await announced(published('b', 'c'), listOf(...names))).toBe(
    `# mine\noci://b@${digest}\n`,
  );
});

test.each([undefined, '', '[]', '{"subjects":[null,1]}'])(
  'a list of earlier artifacts that says nothing, %j, changes nothing',
  async (earlier) => {
    expect(await announced(published('b'), earlier)).toBe(`# mine\noci://b@${digest}\n`);
  },
);

test('a list that cannot be read costs the names and not the release', async () => {
  expect(await announced(published('b'), '{"subjects":')).toBe('# mine\n');
});

test('a runner that offers no file is told nothing', async () => {
  await expect(announcePublished(published('b'), { env: {}, log })).resolves.toBeUndefined();
});
