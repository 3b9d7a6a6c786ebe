import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

test.each([
  ['a page of a proxy was taken for a blob', 651],
  ['a registry that denies what is absent was never published to concurrently', 15],
  ['nor once a clean-up had taken what somebody announced', 1174],
  ['an intent whose manifest was gone won over an older one that was whole', 1647],
])('%s: seed %i breaks no promise', async (_, seed) => {
  const { broken } = await simulate(seed);

  expect(broken).toEqual([]);
});
