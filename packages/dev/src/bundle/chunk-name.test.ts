import { expect, test } from 'vitest';
import { chunkName, ours } from './chunk-name.ts';

test.each([
  [['/r/node_modules/@actions/core/lib/core.js'], 'actions-core'],
  [['/r/node_modules/undici/index.js'], 'undici'],
  [['/r/node_modules/a/node_modules/b/index.js'], 'b'],
  [['/r/node_modules/undici/index.js', '/r/packages/distribution/src/http.ts'], 'distribution'],
  [['C:\\r\\packages\\core\\src\\a\\b.ts'], 'core'],
  [['/r/actions/publish/run.ts'], 'publish'],
  [['\0rolldown/runtime.js'], 'runtime'],
  [[], 'runtime'],
])('a chunk with %j is called %s', (moduleIds, name) => {
  expect(chunkName({ name: 'index', moduleIds })).toBe(name);
});

test('a chunk that we put together keeps the name we gave it', () => {
  expect(chunkName({ name: ours, moduleIds: ['/r/node_modules/undici/index.js'] })).toBe(ours);
});

test('what is asked for with import() is called after its file', () => {
  const facadeModuleId = '/r/packages/signing/src/keyless/keyless-signer.ts';
  const dependency = '/r/node_modules/@actions/core/lib/core.js';

  expect(chunkName({ name: 'x', moduleIds: [], facadeModuleId })).toBe('signing-keyless-signer');
  expect(chunkName({ name: 'x', moduleIds: [dependency], facadeModuleId: dependency })).toBe(
    'actions-core',
  );
});
