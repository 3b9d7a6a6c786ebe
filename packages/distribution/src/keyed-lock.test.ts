import { expect, test } from 'vitest';
import { createKeyedLock } from './keyed-lock.ts';

test('work of one key goes one at a time, also after a failure; other keys do not wait', async () => {
  const lock = createKeyedLock();
  const done: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = (name: string, until?: Promise<void>) => async (): Promise<void> => {
    done.push(`${name} begins`);
    await until;
    done.push(`${name} ends`);
  };

  const failing = lock('a', () => Promise.reject(new Error('no')));
  const first = lock('a', work('first', promise));
  const second = lock('a', work('second'));
  await lock('b', work('other'));
  resolve();
  await Promise.all([first, second]);

  await expect(failing).rejects.toThrow('no');
  expect(done.filter((line) => !line.startsWith('other'))).toEqual([
    ...['first begins', 'first ends', 'second begins', 'second ends'],
  ]);
  expect(done.indexOf('other ends')).toBeLessThan(done.indexOf('first ends'));
});
