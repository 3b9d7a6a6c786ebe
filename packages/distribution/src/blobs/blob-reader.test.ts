import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobOf, noise, sourceOf } from '../test-kit/content.ts';
import { collect } from '../verified.ts';
import { createBlobReader } from './blob-reader.ts';
import type { BlobSource } from './blob-source.ts';

/** A source that tells how often it was opened and closed. */
function watched(...pieces: readonly Uint8Array[]) {
  const seen = { opened: 0, closed: 0 };
  const source: BlobSource = {
    async *open() {
      seen.opened += 1;
      try {
        yield* pieces;
      } finally {
        seen.closed += 1;
      }
    },
  };
  return { source, seen };
}

test('ranges one after the other give the blob, from a source that is opened once', async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 50 }), async (given, step) => {
      const { descriptor, bytes } = blobOf(Buffer.concat(given));
      const { source, seen } = watched(...given);
      const reader = createBlobReader(descriptor, source);
      const read: Uint8Array[] = [];

      for (let at = 0; at < descriptor.size; at += step) {
        read.push(await collect(reader.read(at, Math.min(at + step, descriptor.size))));
      }
      await reader.close();

      expect(Buffer.compare(Buffer.concat(read), bytes)).toBe(0);
      expect(seen).toEqual({ opened: 1, closed: 1 });
    }),
  );
});

test('a range that was broken off can be read again, from a source that is opened again', async () => {
  const { descriptor, bytes } = blobOf(noise(1000));
  const { source, seen } = watched(bytes.subarray(0, 400), bytes.subarray(400));
  const reader = createBlobReader(descriptor, source);
  await collect(reader.read(0, 300));
  for await (const _ of reader.read(300, 900)) break;

  const again = await collect(reader.read(500, 1000));
  await reader.close();

  expect(Buffer.compare(again, bytes.subarray(500))).toBe(0);
  expect(seen).toEqual({ opened: 2, closed: 2 });
});

test('the last bytes of what is not right are never read', async () => {
  const { descriptor, bytes } = blobOf(noise(1000));
  const wrong = sourceOf(bytes.subarray(0, 600), noise(400));
  const reader = createBlobReader(descriptor, wrong);

  await collect(reader.read(0, 500));

  await expect(collect(reader.read(500, 1000))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
});
