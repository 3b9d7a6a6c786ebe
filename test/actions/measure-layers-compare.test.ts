import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type ActOptions, act } from './act.ts';
import { indexOf, seed } from './content.ts';
import { layeredImage, layerWith } from './layered.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { measured } from './measured.ts';
import { refusalOf } from './refusal.ts';

const base = layerWith({ base: 'b'.repeat(5000) });
const app = layerWith({ app: 'a'.repeat(10) });
const next = layerWith({ app: 'n'.repeat(100_000) });

const before = indexOf([layeredImage('linux/amd64', base, app)]);
const now = indexOf([
  layeredImage('linux/amd64', base, next),
  layeredImage('linux/arm64', base, app),
]);

const at = ({ host }: Registry, tag: string): string => `${host}/acme/app:${tag}`;

async function startWithBoth(): Promise<Registry> {
  const registry = await startRegistry();
  seed(registry, 'acme/app', before, '1.0');
  seed(registry, 'acme/app', now, '1.1');
  return registry;
}

const compare = (
  registry: Registry,
  given: Readonly<Record<string, string>> = {},
  options: ActOptions = {},
): Promise<ActionResult> =>
  act('measure-layers', {
    with: {
      source: `docker://${at(registry, '1.1')}`,
      'compare-with': at(registry, '1.0'),
      ...given,
    },
    ...options,
  });

// 25 blocks of a file are 24 more than one; the layers have the same shape else.
const growth = 24 * 4096;

const changeIn = ({ outputs }: ActionResult) => JSON.parse(outputs.json ?? '').platforms[0].change;

test('the summary says what changed, what it costs, and where the bytes are', async () => {
  await using registry = await startWithBoth();

  const { summary, outputs } = await compare(registry);

  const [change] = JSON.parse(outputs.json ?? '').platforms;
  expect(change.change).toMatchObject({
    ...{ added: 1, removed: 1, shared: 1, growth },
    download: next.descriptor.size,
  });
  expect(summary).toMatch(/^### What the layers cost\n/);
  expect(summary).toMatch(/\| linux\/amd64 \| 2 \| \d+ B \| 102\.5 KiB \| 140\.\d KiB \| \d+ \|/);
  expect(summary).toMatch(
    /\| linux\/amd64 \| 1 new, 1 gone, 1 stay \| \d+ B \| .* \| \+96\.0 KiB \|/,
  );
  expect(summary).toContain('| linux/arm64 | was not there |');
  const [picture = ''] = /```mermaid\n[\s\S]*?\n```/.exec(summary) ?? [];
  expect(picture.split('\n')).toEqual([
    '```mermaid',
    'pie title On the disk, linux/amd64',
    expect.stringMatching(/^ {2}"2: [0-9a-f]{12}, 120\.\d KiB" : \d+$/),
    expect.stringMatching(/^ {2}"1: [0-9a-f]{12}, 20\.\d KiB" : \d+$/),
    '```',
  ]);
});

test('a picture has at most eight layers, and the others together', async () => {
  const layers = Array.from({ length: 12 }, (_, at) => layerWith({ [`file-${at}`]: `${at}` }));
  const files = { 'image.tar': tarOf(layoutFiles('', layeredImage('linux/amd64', ...layers))) };

  const { summary, outputs } = await act('measure-layers', {
    files,
    with: { source: 'oci-archive:image.tar' },
  });

  const slices = [...summary.matchAll(/^ {2}"(.+)" : (\d+)$/gm)];
  expect(slices).toHaveLength(9);
  expect(slices.at(-1)?.[1]).toMatch(/^4 others, /);
  expect(slices.reduce((sum, [, , bytes]) => sum + Number(bytes), 0)).toBe(Number(outputs.usage));
  expect(summary).toContain('The largest of 12 layers, linux/amd64');
});

test('a document of before is as good as its image', async () => {
  await using registry = await startWithBoth();
  const byImage = await compare(registry);
  const { text } = await measured({}, { source: `docker://${at(registry, '1.0')}` });

  const byFile = await compare(
    registry,
    { 'compare-with': 'before.json' },
    { files: { 'before.json': `{"amd64":${text}}` } },
  );

  expect(changeIn(byFile)).toEqual(changeIn(byImage));
});

test.each([
  ['an architecture without a variant is for whichever there is', ['arm'], true],
  ['an architecture beside its variants is for none but these', ['arm', 'arm/v6'], false],
])('in a document of before %s', async (_, names, isFound) => {
  const files = { 'image.tar': tarOf(layoutFiles('', layeredImage('linux/arm/v7', base))) };
  const { text } = await measured(files);
  const document = `{${names.map((name) => `"${name}":${text}`).join(',')}}`;

  const result = await act('measure-layers', {
    files: { ...files, 'before.json': document },
    with: { source: 'oci-archive:image.tar', 'compare-with': 'before.json' },
  });

  const same = { added: 0, removed: 0, shared: 1, download: 0, usage: 0, freed: 0, growth: 0 };
  expect(changeIn(result)).toEqual(isFound ? same : undefined);
});

test('where there is no image of before yet, that is said, and the rest is done', async () => {
  await using registry = await startWithBoth();

  const result = await compare(registry, {
    'compare-with': at(registry, '0.9'),
    'max-growth': '0',
  });

  expect(result.exitCode).toBe(0);
  expect(result.annotations).toEqual([
    expect.objectContaining({
      level: 'warning',
      message: expect.stringMatching(/^there is no .*:0\.9 to/),
    }),
  ]);
  expect(changeIn(result)).toBeUndefined();
});

test('an image of before that may not be read is an error, not an absent one', async () => {
  await using registry = await startWithBoth();
  registry.fail('*', /manifests\/0\.9/, { status: 403, code: 'DENIED', times: 2 });

  const result = await compare(registry, { 'compare-with': at(registry, '0.9') });

  expect(refusalOf(result, registry).code).toBe('DENIED');
});

test.each([
  ['exactly what it may', { 'max-growth': `${growth}` }],
  ['less than its own budget, more than that of others', { 'max-growth': `1\nlinux/amd64=1MiB` }],
  ['any growth of a platform that was not there', { 'max-growth': `linux/arm64=0` }],
])('%s keeps the budget', async (_, given) => {
  await using registry = await startWithBoth();

  const { exitCode, annotations } = await compare(registry, given);

  expect({ exitCode, annotations }).toEqual({ exitCode: 0, annotations: [] });
});

test('a byte beyond the budget fails the step, with the summary there and nothing attached', async () => {
  await using registry = await startWithBoth();

  const result = await compare(registry, {
    ...{ 'max-growth': `${growth - 1}`, 'max-usage': '1MiB\nlinux/arm64=1KiB', cache: 'true' },
  });

  const { code, what, hint } = refusalOf(result, registry);
  expect(code).toBe('TOO_LARGE');
  expect(what).toMatch(
    new RegExp(
      `^linux/amd64 grows by ${growth} bytes on the disk, 1 more than max-growth allows \\(${growth - 1}\\); linux/arm64 takes \\d+ bytes on the disk, \\d+ more than max-usage allows \\(1024\\)$`,
    ),
  );
  expect(hint).toMatch(/raise max-growth and max-usage\.$/);
  expect(result.summary).toMatch(/^### The layers cost more than they may\n/);
});

test('a budget that warns does no more than that', async () => {
  await using registry = await startWithBoth();

  const result = await compare(registry, { 'max-usage': '100KiB', budget: 'warn' });

  expect(result.exitCode).toBe(0);
  expect(result.outputs['layers-meta-file']).toMatch(/layers_meta\.json$/);
  expect(result.annotations).toEqual([
    expect.objectContaining({
      level: 'warning',
      message: expect.stringMatching(/^linux\/amd64 tak/),
    }),
  ]);
  expect(JSON.parse(result.outputs.json ?? '').breaches).toHaveLength(1);
});
