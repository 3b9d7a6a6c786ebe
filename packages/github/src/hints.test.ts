import { expect, test } from 'vitest';
import { hints } from './hints.ts';

test.each(Object.entries(hints))(
  '%s has a hint that says what to do, in one line',
  (code, hint) => {
    for (const host of ['ghcr.io', 'registry.example', undefined]) {
      const sentence = hint({ code, host, hint: undefined, status: undefined });

      expect(sentence).toMatch(/^[A-Z][^\n]{10,250}[.)]$/);
    }
  },
);
