import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { artifactOf, seed } from './content.ts';
import { provenanceOf } from './provenance.ts';
import { push } from './pushed.ts';
import { needsOf, recordsOf } from './records.ts';

const mebibyte = 1024 * 1024;

test('a summary of a push names the leg, the manifest, the tags and the files', async () => {
  await using pushed = await push({
    files: { 'disk.raw': 'a disk' },
    with: { files: 'disk.raw:application/vnd.acme.disk', tags: '1.0', leg: 'kvm | amd64' },
  });

  const { summary, outputs } = pushed.result;
  const [title, , reference, tag] = summary.split('\n');
  expect(title).toBe('### kvm &#124; amd64');
  expect(reference).toBe(`- <code>${outputs.reference}</code>`);
  expect(tag).toBe('- tag <code>1.0</code>');
  expect(summary).toContain('<summary>2 blobs uploaded (8 B), 0 there already.</summary>');
  expect(summary).toMatch(
    /^\| disk\.raw \| <code>application\/vnd\.acme\.disk<\/code> \| 6 B \| /m,
  );
});

test('a summary of very many files is cut at a row, with a note', async () => {
  const names = Array.from({ length: 400 }, (_, at) => `${'n'.repeat(180)}-${at}.txt`);

  await using pushed = await push({
    files: Object.fromEntries(names.map((name) => [name, name])),
    with: { files: '*.txt', 'default-media-type': 'text/plain', record: 'none' },
  });

  const { summary } = pushed.result;
  expect(Buffer.byteLength(summary)).toBeLessThan(mebibyte);
  expect(summary.match(/^\| n+-\d+\.txt \| .* \|$/gm)).toHaveLength(300);
  expect(summary).toMatch(/\|\n\n… and 101 more\n\n<\/details>\n/);
});

test.each([256, 600])(
  'a summary of %i legs with long names stays below the limit',
  async (count) => {
    await using registry = await startRegistry();
    const legs = Array.from({ length: count }, (_, at) => {
      const artifact = artifactOf(`application/vnd.acme.${'kind'.repeat(15)}.${at}`, `leg ${at}`);
      seed(registry, 'acme/app', artifact);
      return { leg: `${'<long>'.repeat(30)}${at}`, descriptor: artifact.descriptor };
    });

    const result = await act('update-index', {
      files: { 'records.json': recordsOf(legs) },
      with: { image: `${registry.host}/acme/app`, tags: '1.0', 'records-file': 'records.json' },
    });

    expect(result.annotations).toEqual([]);
    expect(Buffer.byteLength(result.summary)).toBeLessThan(mebibyte);
    const rows = result.summary.match(/^\| .* \| new \|$/gm) ?? [];
    expect(rows).toHaveLength(Math.min(count, 300));
    expect(/^… and 300 more$/m.test(result.summary)).toBe(count > 300);
  },
);

test('a summary of 256 legs with an attestation each shows all of them below the limit', async () => {
  await using registry = await startRegistry();
  const legs = Array.from({ length: 256 }, (_, at) => {
    const image = artifactOf(`application/vnd.acme.${at}`, `leg ${at}`);
    const provenance = provenanceOf(image);
    for (const content of [image, provenance]) seed(registry, 'acme/app', content);
    const children = [image.descriptor, provenance.descriptor];
    return { leg: `${'a long name '.repeat(15)}${at}`, descriptor: image.descriptor, children };
  });

  const { summary, annotations } = await act('update-index', {
    files: { 'records.json': recordsOf(legs) },
    with: { image: `${registry.host}/acme/app`, tags: '1.0', 'records-file': 'records.json' },
  });

  expect(annotations).toEqual([]);
  expect(Buffer.byteLength(summary)).toBeLessThan(mebibyte);
  const digest = '<code>sha256:[0-9a-f]{64}</code>';
  const rows = (pattern: string): number => summary.match(new RegExp(pattern, 'gm'))?.length ?? 0;
  expect(rows(`^\\| \\S+ \\| ${digest} \\| .* \\| a long .* \\| ${digest} \\| new \\|$`)).toBe(256);
  expect(summary).not.toContain('more');
});

test('legs that hand over long names are listed in full below the limit', async () => {
  const legs = Array.from({ length: 256 }, (_, at) => ({ leg: `${'<&>'.repeat(60)}${at}` }));

  const result = await act('aggregate-outputs', { with: { needs: needsOf(legs) } });

  expect(result.exitCode).toBe(0);
  expect(Buffer.byteLength(result.summary)).toBeLessThan(mebibyte);
  expect(result.summary.match(/^\| .* \| push, attempt 1 \| 0 outputs \| .* \|$/gm)).toHaveLength(
    256,
  );
});
