import { expect, test } from 'vitest';
import { coversScopes, formatScopes, parseScopes, type Scope } from './scope.ts';

const pull: Scope = { repository: 'a/b', actions: ['pull'] };
const push: Scope = { repository: 'a/b', actions: ['push', 'pull'] };
const other: Scope = { repository: 'a/a', actions: ['pull'] };

test('the repository that is written to comes first, once, with all its actions in order', () => {
  expect(formatScopes([other, pull, push])).toEqual([
    'repository:a/b:pull,push',
    'repository:a/a:pull',
  ]);
});

test('what a challenge asks for is read, and what is no repository is left out', () => {
  expect(
    parseScopes(
      'repository:a/b:push,pull registry:catalog:* repository:../x:pull repository:c:admin',
    ),
  ).toEqual([{ repository: 'a/b', actions: ['pull', 'push'] }]);
  expect(parseScopes(undefined)).toEqual([]);
});

test('who may push may pull, but not elsewhere and not more', () => {
  expect(coversScopes([push], [pull])).toBe(true);
  expect(coversScopes([pull], [push])).toBe(false);
  expect(coversScopes([push], [pull, other])).toBe(false);
});
