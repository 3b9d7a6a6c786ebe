import { type ProfileName, profileNames } from '@oci-matrix/testing';
import { afterAll } from 'vitest';
import { startProfile } from './profile-target.ts';
import { clientSuite } from './suite.ts';

// Where tags can be made immutable each says no in words of its own, and one even to what changes nothing.
const immutable: readonly ProfileName[] = ['ecr', 'harbor'];

const settings = [
  ...profileNames.map((name) => ({ name, words: '', more: {} })),
  ...immutable.map((name) => ({
    ...{ name, words: ', its tags immutable' },
    more: { immutableTags: true },
  })),
];

// Tests are registered before any runs, so a registry they share cannot be a variable of one.
const targets = await Promise.all(
  settings.map(async ({ name, words, more }) => ({
    name: `as ${name}${words}`,
    target: await startProfile(name, { pageSize: 2, ...more }),
  })),
);
afterAll(async () => {
  await Promise.all(targets.map(({ target }) => target.registry.close()));
});

for (const { name, target } of targets) clientSuite(name, target);
