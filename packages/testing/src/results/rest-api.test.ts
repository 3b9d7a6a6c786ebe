import { expect, test } from 'vitest';
import { backendIdOf } from './backend-id.ts';
import { startResultsService } from './service.ts';
import { zipOf } from './zip.ts';

test('other runs are listed page by page, the newest first, and lead to their archives', async () => {
  await using service = await startResultsService();
  const run = backendIdOf('acme/app', 7);
  for (const name of ['a', 'b', 'c']) {
    await service.seed({ run, name, content: zipOf({ 'x.txt': name }) });
  }
  await service.seed({ run: 'other', name: 'd', content: zipOf({}) });
  const ask = (path: string, headers: Record<string, string> = { authorization: 'token x' }) =>
    fetch(`${service.url}api/v3/repos/acme/app/actions/${path}`, { headers, redirect: 'manual' });

  const list = async (query: string): Promise<{ artifacts: { id: number; name: string }[] }> =>
    JSON.parse(await (await ask(`runs/7/artifacts?${query}`)).text());

  const page = await list('per_page=2&page=1');
  const rest = await list('per_page=2&page=2');
  const named = await list('name=b');
  const { status, headers } = await ask(`artifacts/${rest.artifacts[0]?.id}/zip`);
  const archive = await (await fetch(headers.get('location') ?? '')).bytes();

  expect(page).toMatchObject({ total_count: 3, artifacts: [{ name: 'c' }, { name: 'b' }] });
  expect(rest.artifacts).toMatchObject([{ name: 'a' }]);
  expect(named).toMatchObject({ total_count: 1, artifacts: [{ name: 'b' }] });
  expect(status).toBe(302);
  expect(Buffer.from(archive)).toEqual(zipOf({ 'x.txt': 'a' }));
  expect((await ask('artifacts/1/zip')).status).toBe(404);
  expect((await ask('runs/7/artifacts', {})).status).toBe(401);
});
