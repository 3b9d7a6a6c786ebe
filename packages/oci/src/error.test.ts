import { expect, test } from 'vitest';
import { OciError } from './error.ts';

class BrokenError extends OciError {
  override readonly name = 'BrokenError';
  readonly code = 'BROKEN';
}

test('an error has a code, a message, a hint and a cause', () => {
  const cause = new Error('deep down');

  const error = new BrokenError('it broke', { hint: 'Mend it.', cause });

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: 'BROKEN', message: 'it broke', hint: 'Mend it.' });
  expect(error.cause).toBe(cause);
});

test('an error without a cause has no property for it', () => {
  const error = new BrokenError('it broke');

  expect(Object.hasOwn(error, 'cause')).toBe(false);
  expect(error.hint).toBeUndefined();
});

test('the name is what the class says, whatever a bundler calls the class', () => {
  expect(`${new BrokenError('it broke')}`).toBe('BrokenError: it broke');
});
