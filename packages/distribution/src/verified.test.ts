import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobOf, sourceOf } from './test-kit/content.ts';
import { collect, verified } from './verified.ts';

test('right content passes, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (chunks) => {
      const { descriptor, bytes } = blobOf(Buffer.concat(chunks));

      const passed = await collect(verified(descriptor, sourceOf(...chunks).open(), 'it'));

      expect(Buffer.compare(passed, bytes)).toBe(0);
    }),
  );
});

test('of wrong content less than all passes, whatever is wrong', async () => {
  const change = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.uint8Array());
  await fc.assert(
    fc.asyncProperty(change, fc.nat(10), async ([right, wrong], cut) => {
      fc.pre(Buffer.compare(right, wrong) !== 0);
      const { descriptor } = blobOf(right);
      const chunks = [wrong.subarray(0, cut), wrong.subarray(cut)];
      let passed = 0;

      const reading = async (): Promise<void> => {
        const stream = verified(descriptor, sourceOf(...chunks).open(), 'it');
        for await (const chunk of stream) passed += chunk.byteLength;
      };

      await expect(reading()).rejects.toMatchObject({ name: 'ContentError' });
      expect(passed).toBeLessThan(right.byteLength);
    }),
  );
});
