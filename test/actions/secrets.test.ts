import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActionResult, startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act, folderWith } from './act.ts';
import { imageOf, linux, seed } from './content.ts';
import { needsOf } from './records.ts';

const token = 'ghs_ThisIsNoRealTokenAtAll0123456789';
const password = 'correct horse battery staple';
const files = { 'a.bin': 'a' };

/** Everything that an action leaves for people and other steps to see. */
const seen = ({ log, summary, outputs, annotations }: ActionResult): string =>
  JSON.stringify([log, summary, outputs, annotations]);

const forms = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(2, -2),
  encodeURIComponent(secret),
];

test("GitHub's token goes to no other registry than ghcr.io, and nobody sees it", async () => {
  await using registry = await startRegistry();
  const inputs = { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', token };

  const result = await act('push-manifest', { files, with: inputs });

  expect(result.exitCode).toBe(0);
  expect(registry.requests().length).toBeGreaterThan(3);
  expect(registry.requests().map(({ authorization }) => authorization)).not.toContain('Bearer');
  expect(new Set(registry.requests().map(({ authorization }) => authorization))).toEqual(
    new Set([false]),
  );
  for (const form of forms(token)) expect(seen(result)).not.toContain(form);
});

test('a registry that asks for credentials does not get the token either', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', username: 'octo', password },
  });
  const inputs = { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', token };

  const result = await act('push-manifest', { files, with: inputs });

  expect(result.annotations).toEqual([
    { level: 'error', title: 'NO_CREDENTIALS', message: expect.any(String) },
  ]);
  expect(new Set(registry.requests().map(({ authorization }) => authorization))).toEqual(
    new Set([false]),
  );
  for (const form of forms(token)) expect(seen(result)).not.toContain(form);
});

test('a password opens its registry, and stays out of everything that people see', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', username: 'octo', password },
  });
  await using service = await startResultsService();

  const result = await act('push-manifest', {
    files,
    service,
    with: { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', username: 'octo', password },
  });

  expect(result.exitCode).toBe(0);
  expect(registry.requests().map(({ authorization }) => authorization)).toContain('Basic');
  const artifacts = await Promise.all(service.artifacts().map(({ id }) => service.read(id)));
  const everything = seen(result) + Buffer.concat(artifacts).toString('latin1');
  for (const form of forms(password)) expect(everything).not.toContain(form);
});

test('a wrong password is not quoted', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', username: 'octo', password: 'another one' },
  });
  seed(registry, 'acme/app', imageOf(linux('amd64')));

  const result = await act('publish', {
    with: {
      ...{ image: `${registry.host}/acme/app`, tags: '1.0', username: 'octo', password },
      ...{ needs: needsOf([{ descriptor: imageOf(linux('amd64')).descriptor }]), group: 'app' },
    },
  });

  expect(result.exitCode).toBe(1);
  expect(result.annotations).toHaveLength(1);
  for (const form of forms(password)) expect(seen(result)).not.toContain(form);
});

test('no process that an action starts has a secret among its arguments, since it starts none', async () => {
  await using registry = await startRegistry();
  await using tools = await folderWith({
    'spawned.mjs': `
      import { ChildProcess } from 'node:child_process';
      import { appendFileSync } from 'node:fs';
      appendFileSync('hooked', '');
      const { spawn } = ChildProcess.prototype;
      ChildProcess.prototype.spawn = function (options) {
        appendFileSync('spawned', JSON.stringify(options.args));
        return spawn.call(this, options);
      };`,
  });
  await using workspace = await folderWith(files);

  const result = await act('push-manifest', {
    workspace: workspace.path,
    env: { NODE_OPTIONS: `--import=${join(tools.path, 'spawned.mjs')}` },
    with: { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', token },
  });

  expect(result.exitCode).toBe(0);
  expect(await readdir(workspace.path)).toEqual(['a.bin', 'hooked']);
});
