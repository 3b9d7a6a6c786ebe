import { expect } from 'vitest';
import { freshBytes } from './content.ts';
import { testIf } from './expectations.ts';
import { pushBlob } from './push.ts';
import { newRepository } from './repository.ts';
import type { Target } from './target.ts';

const size = 1000;

/** "A registry SHOULD support the Range request header" (distribution-spec v1.1.1, "Pulling blobs"; RFC 9110, section 14). */
export function rangeCases(target: Target): void {
  testIf(target, 'ranges').each([
    ['its first byte', 'bytes=0-0', 0, 1],
    ['bytes from its middle', 'bytes=100-299', 100, 300],
    ['all from a byte on', 'bytes=900-', 900, size],
    ['its last bytes', 'bytes=-50', size - 50, size],
    ['what there is of a range that goes too far', 'bytes=990-5000', 990, size],
  ])('a blob is pulled in part: %s', async (_, range, start, end) => {
    const repository = newRepository(target);
    const bytes = freshBytes(size);
    await pushBlob(repository, bytes);

    const part = await repository.ask('GET', `blobs/${repository.digestOf(bytes)}`, {
      headers: { range },
    });

    expect([part.status, part.bytes]).toEqual([206, bytes.slice(start, end)]);
    expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${size}`);
    expect(part.headers.get('content-length')).toBe(String(end - start));
  });

  testIf(
    target,
    'ranges',
    'rangeEnds',
  )('a range behind the end of a blob is a 416', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(size);
    await pushBlob(repository, bytes);

    const refused = await repository.ask('GET', `blobs/${repository.digestOf(bytes)}`, {
      headers: { range: `bytes=${size}-` },
    });

    expect(refused.status).toBe(416);
  });

  // A server may reject such a range, or ignore it (RFC 9110, section 14.2).
  testIf(
    target,
    'ranges',
    'rangeEnds',
  )('a range that ends before it starts is a 416, or the whole blob', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(size);
    await pushBlob(repository, bytes);

    const answer = await repository.ask('GET', `blobs/${repository.digestOf(bytes)}`, {
      headers: { range: 'bytes=500-0' },
    });

    expect([200, 416]).toContain(answer.status);
    if (answer.status === 200) expect(answer.bytes).toEqual(bytes);
  });
}
