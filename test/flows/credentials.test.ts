import { type Registry, startRegistry, temporaryRepository } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { everythingOf } from './kit/everything.ts';
import { entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const username = 'octocat';
const password = 'hunter2-and-more';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The password, and the forms in which it could show. */
const traces = [password, base64(password), base64(`${username}:${password}`)];

const matrix = '{ app: [a], arch: [amd64, arm64] }';
const inputs = [`username: \${{ vars.USER }}`, `password: \${{ secrets.PASSWORD }}`];
const withInputs = release({ matrix, push: inputs, publish: inputs });
const options = { vars: { USER: username }, secrets: { PASSWORD: password } };

test.each(['basic', 'bearer'] as const)(
  'a registry with %s authentication is written to with username and password, which nothing shows',
  async (kind) => {
    await using registry = await startRegistry({ auth: { kind, username, password } });

    await using run = await runOn(registry, withInputs, options);

    expect(run.conclusion).toBe('success');
    expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
    const everything = await everythingOf(run, registry);
    expect(everything).toContain('oci-matrix/leg-record/v1');
    expect(traces.filter((trace) => everything.includes(trace))).toEqual([]);
    // What the runner has to mask was printed, but for the commands that tell it to.
    expect(everything.replaceAll('::add-mask::***', '')).not.toContain('***');
  },
);

test.each(['basic', 'bearer'] as const)(
  'a wrong password at a registry with %s authentication is one annotation, and the tag stays',
  async (kind) => {
    await using registry = await startRegistry({
      auth: { kind, username, password, pull: 'anonymous' },
    });
    await using good = await runOn(registry, withInputs, options);
    const before = registry.manifest(repository, 'v1')?.digest;
    const wrong = release({ matrix, content: 'newer', push: inputs, publish: inputs });

    await using bad = await runOn(registry, wrong, {
      ...options,
      secrets: { PASSWORD: 'guessed' },
    });

    expect([good.conclusion, bad.conclusion]).toEqual(['success', 'failure']);
    expect(bad.job('build (a, amd64)').annotations).toEqual([
      {
        ...{ level: 'error', title: expect.stringMatching(/^(UNAUTHORIZED|TOKEN_REFUSED)$/) },
        message: expect.stringContaining(registry.host),
      },
    ]);
    expect(registry.manifest(repository, 'v1')?.digest).toBe(before);
    expect(await everythingOf(bad, registry)).not.toContain('guessed');
  },
);

const job = [`env: { DOCKER_CONFIG: '\${{ vars.DOCKER_CONFIG }}' }`];
const fromConfig = release({ matrix, job, prepare: [] }).replace(
  '  publish:\n',
  `  publish:\n    ${job}\n`,
);

const configOf = (content: object) =>
  temporaryRepository({ 'config.json': JSON.stringify(content) });

test.each(['basic', 'bearer'] as const)(
  'a login in the Docker config is enough for a registry with %s authentication',
  async (kind) => {
    await using registry = await startRegistry({ auth: { kind, username, password } });
    const auths = { [registry.host]: { auth: base64(`${username}:${password}`) } };
    await using config = await configOf({ auths });

    await using run = await runOn(registry, fromConfig, { vars: { DOCKER_CONFIG: config.path } });

    expect(run.conclusion).toBe('success');
    const everything = await everythingOf(run, registry);
    expect(traces.filter((trace) => everything.includes(trace))).toEqual([]);
  },
);

/** A credential helper that notes the arguments of every process above it, and its own. */
const helper = `#!/bin/sh
for pid in $$ $PPID; do tr '\\0' ' ' < /proc/$pid/cmdline; echo; done >> "\${0%/*}/arguments"
read -r server
printf '{"ServerURL":"%s","Username":"${username}","Secret":"${password}"}' "$server"
`;

test('a credential helper is asked, and no process has the password among its arguments', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', username, password } });
  await using config = await configOf({ credHelpers: { [registry.host]: 'noting' } });
  const install = `{ run: 'mkdir -p bin && printf "%s" "$HELPER" > bin/docker-credential-noting && chmod +x bin/docker-credential-noting && echo "$PWD/bin" >> "$GITHUB_PATH"', env: { HELPER: '\${{ vars.HELPER }}' } }`;
  const show = '{ run: cat bin/arguments }';
  const source = release({
    ...{ matrix: '{ app: [a], arch: [amd64] }', job },
    ...{ before: [install], after: [show], prepare: [install] },
  }).replace('  publish:\n', `  publish:\n    ${job}\n`);

  await using run = await runOn(registry, source, {
    vars: { DOCKER_CONFIG: config.path, HELPER: helper },
  });

  expect(run.conclusion).toBe('success');
  const shown = run.job('build').steps.at(-1)?.log ?? '';
  expect(shown).toContain('docker-credential-noting get');
  expect(shown).toContain('push-manifest.js');
  expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
});

test('the job token is sent to no registry but ghcr.io, and is in nothing that a run leaves', async () => {
  await using registry = await startRegistry();
  const source = release({
    matrix: '{ app: [a], arch: [amd64] }',
    prepare: [
      `{ run: 'echo "token of \${#TOKEN} characters"', env: { TOKEN: '\${{ github.token }}' } }`,
    ],
  });

  await using run = await runOn(registry, source);

  expect(schemesAt(registry)).toEqual([false]);
  expect(await everythingOf(run, registry)).not.toMatch(/ghs_/);
  expect(run.job('publish').steps[0]?.log).toBe('token of 40 characters\n');
});

/** The schemes of all credentials that the registry was sent. */
const schemesAt = (registry: Registry): (string | false)[] => [
  ...new Set(registry.requests().map(({ authorization }) => authorization)),
];
