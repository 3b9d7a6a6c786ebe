import { expect, test } from 'vitest';
import type { IdOrder } from './artifact-ids.ts';
import { protocolClient } from './protocol-client.ts';
import { startResultsService } from './service.ts';

test('blocks become one artifact in the order of their list', async () => {
  await using service = await startResultsService();
  const job = service.issue({ run: 'run' });
  const client = protocolClient(service, job);

  const finalized = await client.upload('a', ['one ', 'two ', 'three']);
  const { signed_url: url = '' } = await client.call('GetSignedArtifactURL', { name: 'a' });
  const download = await fetch(url);

  expect(await download.text()).toBe('one two three');
  expect(download.headers.get('content-type')).toBe('application/zip');
  expect(String(await service.read(Number(finalized.artifact_id)))).toBe('one two three');
  expect(await client.call('ListArtifacts')).toMatchObject({
    artifacts: [{ name: 'a', size: '13', database_id: finalized.artifact_id }],
  });
});

test('a name is taken from its creation on, and free again when the artifact is deleted', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));

  await client.upload('a');
  const again = await client.call('CreateArtifact', { name: 'a' });
  const deleted = await client.call('DeleteArtifact', { name: 'a' });
  const free = await client.upload('a');

  expect(again).toMatchObject({ status: 409, code: 'already_exists' });
  expect([deleted.status, free.status]).toEqual([200, 200]);
});

test('an artifact that was not finalized is not listed', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));

  await client.call('CreateArtifact', { name: 'a' });

  expect(await client.names()).toEqual([]);
});

test.each([
  ['size', { size: '8' }],
  ['hash', { size: '7', hash: `sha256:${'0'.repeat(64)}` }],
])('an upload whose %s is another is refused', async (_, announced) => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  const { signed_upload_url: url = '' } = await client.call('CreateArtifact', { name: 'a' });
  await client.put(url, 'comp=block&blockid=1', 'content');
  await client.put(url, 'comp=blocklist', '<BlockList><Latest>1</Latest></BlockList>');

  const answer = await client.call('FinalizeArtifact', { name: 'a', ...announced });

  expect(answer).toMatchObject({ status: 400, code: 'invalid_argument' });
  expect(service.artifacts()).toEqual([]);
});

test('a list that names a block which never came is refused', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  const { signed_upload_url: url = '' } = await client.call('CreateArtifact', { name: 'a' });

  const answer = await client.put(url, 'comp=blocklist', '<Latest>9</Latest>');

  expect(answer.status).toBe(400);
});

test('a token speaks for its own job, and only for that', async () => {
  await using service = await startResultsService();
  const mine = service.issue({ run: 'run' });
  const sibling = service.issue({ run: 'run' });
  const stranger = service.issue({ run: 'other' });
  const client = protocolClient(service, mine);
  await client.upload('a');

  const asked = { name: 'a' };
  const statuses = await Promise.all([
    client.call('ListArtifacts', {}, 'made.up.token').then(({ status }) => status),
    client.call('ListArtifacts', {}, stranger.token).then(({ status }) => status),
    client.call('CreateArtifact', { name: 'b' }, sibling.token).then(({ status }) => status),
    client.call('GetSignedArtifactURL', asked, sibling.token).then(({ status }) => status),
  ]);

  expect(statuses).toEqual([401, 403, 403, 200]);
});

test('a blob is not found without its signature', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  await client.upload('a');
  const { signed_url: url = '' } = await client.call('GetSignedArtifactURL', { name: 'a' });

  const response = await fetch(url.replace(/sig=\w{8}/, 'sig=00000000'));

  expect(response.status).toBe(404);
});

test('filters choose by name and by id', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  await client.upload('a');
  const { artifact_id: id } = await client.upload('b');

  expect(await client.names({ name_filter: 'a' })).toEqual(['a']);
  expect(await client.names({ id_filter: id })).toEqual(['b']);
  expect(await client.names({ name_filter: 'none' })).toEqual([]);
});

test('each attempt keeps its own copy of a name, and sees the newest', async () => {
  await using service = await startResultsService({ sameName: 'per-attempt' });
  const first = protocolClient(service, service.issue({ run: 'run', attempt: 1 }));
  const second = protocolClient(service, service.issue({ run: 'run', attempt: 2 }));
  const fresh = protocolClient(service, service.issue({ run: 'run', attempt: 3, since: 3 }));

  const { artifact_id: older } = await first.upload('a');
  const { artifact_id: newer } = await second.upload('a');

  const { artifacts } = await second.call('ListArtifacts', { name_filter: 'a' });
  expect(artifacts?.map((row) => row.database_id)).toEqual([newer]);
  expect((await first.call('ListArtifacts')).artifacts?.[0]?.database_id).toBe(older);
  expect(await second.names()).toEqual(['a', 'a']);
  expect(await fresh.names()).toEqual([]);
});

test.each<[IdOrder, (ids: number[]) => number[]]>([
  ['ascending', (ids: number[]) => ids.toSorted((a, b) => a - b)],
  ['descending', (ids: number[]) => ids.toSorted((a, b) => b - a)],
])('ids are %s when told so', async (artifactIds, sorted) => {
  await using service = await startResultsService({ artifactIds });
  const client = protocolClient(service, service.issue({ run: 'run' }));
  for (const name of ['a', 'b', 'c']) {
    await client.upload(name);
  }

  const ids = service.artifacts().map(({ id }) => id);

  expect(ids).toEqual(sorted(ids));
});

test('random ids differ, and repeat with their seed', async () => {
  const draw = async (seed: number) => {
    await using service = await startResultsService({ artifactIds: 'random', seed });
    const client = protocolClient(service, service.issue({ run: 'run' }));
    await client.upload('a');
    await client.upload('b');
    return service.artifacts().map(({ id }) => id);
  };
  const ids = await draw(1);

  expect(new Set(ids).size).toBe(2);
  expect(await draw(1)).toEqual(ids);
  expect(await draw(2)).not.toEqual(ids);
});

test('a fault happens as often as it was declared', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  service.fail('ListArtifacts', { status: 503, times: 2 });
  service.fail('CreateArtifact', { status: 403, code: 'permission_denied', message: 'no' });

  const lists = [];
  for (let index = 0; index < 3; index += 1) {
    lists.push((await client.call('ListArtifacts')).status);
  }

  expect(lists).toEqual([503, 503, 200]);
  expect(await client.call('CreateArtifact', { name: 'a' })).toMatchObject({
    status: 403,
    code: 'permission_denied',
    msg: 'no',
  });
  expect(service.requests('ListArtifacts').map(({ status }) => status)).toEqual([503, 503, 200]);
});

test('a stale listing misses the newest artifacts, for as long as told', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  await client.upload('a');
  await client.upload('b');
  service.stale({ times: 1, behind: 1 });

  expect(await client.names()).toEqual(['a']);
  expect(await client.names()).toEqual(['a', 'b']);
});

test('a download is damaged, or cut off, when told so', async () => {
  await using service = await startResultsService();
  const client = protocolClient(service, service.issue({ run: 'run' }));
  await client.upload('a', ['content enough']);
  service.fail('download', { content: 'corrupt', times: 1 });
  service.fail('download', { content: 'truncated', times: 1 });
  const { signed_url: url = '' } = await client.call('GetSignedArtifactURL', { name: 'a' });

  const corrupt = await (await fetch(url)).text();
  const truncated = fetch(url).then((response) => response.text());

  expect(corrupt).toHaveLength('content enough'.length);
  expect(corrupt).not.toBe('content enough');
  await expect(truncated).rejects.toThrow();
});

test('what is not of the service is not found', async () => {
  await using service = await startResultsService();

  const response = await fetch(`${service.url}api/v3/repos/o/r`);

  expect(response.status).toBe(404);
});

test('a later attempt sees nothing of the earlier ones where they are hidden', async () => {
  await using service = await startResultsService({ earlierAttempts: 'hidden' });
  const [first, second] = [1, 2].map((attempt) =>
    protocolClient(service, service.issue({ run: 'run', attempt })),
  );

  await first?.upload('a');
  await second?.upload('b');

  expect(await second?.names()).toEqual(['b']);
});
