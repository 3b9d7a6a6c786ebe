import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { plainUpload } from './clients/plain.ts';
import { destinationIn, measure } from './place.ts';
import { runWorkload } from './run-workload.ts';
import { findServer } from './servers.ts';
import { writeLargeFile } from './workloads/large-file.ts';
import type { Workload } from './workloads/workload.ts';

const size = 1_000_001;

const workload: Workload = {
  case: 'e',
  isLarge: true,
  open: async (folder) => {
    const { path, descriptor } = await writeLargeFile(join(folder, 'large'), size, false);
    return async (client, place) => {
      const to = destinationIn(place, client, 'file');
      const command = await client.pushBlob?.({ path, digest: descriptor.digest }, to);
      return command === undefined ? {} : { 'e-file': await measure(place, [command]) };
    };
  },
};

test('every client that can has its turn in every round, and what it sends is counted', async () => {
  await using home = await temporaryDirectory('home');
  const kind = findServer('embedded');
  if (kind === undefined) throw new Error('the embedded registry is always there');
  const plain = plainUpload(home.path);
  const direct = { ...plain, name: 'plain, no proxy', isDirect: true } as const;
  const unable = { name: 'crane', version: '1' } as const;
  const turns: string[] = [];

  const all = await runWorkload({
    workload,
    kind,
    clients: [plain, direct, unable],
    latency: 0,
    rounds: 2,
    onTurn: (round, { client }) => turns.push(`${round} ${client}`),
    onFailure: (_, client, error) => expect.fail(`${client}: ${error}`),
  });

  expect(turns).toEqual(['0 plain', '0 plain, no proxy', '1 plain, no proxy', '1 plain']);
  expect(all.map(({ work, client }) => [work, client])).toEqual([
    ['e-file', 'plain'],
    ['e-file', 'plain, no proxy'],
  ]);
  const [through, past] = all.map(({ measurements }) => measurements[0]);
  expect(through).toMatchObject({ requests: { POST: 1, PUT: 1 }, bytesUp: size });
  expect(past).toMatchObject({ requests: {}, bytesUp: 0 });
});

test('a command that fails is an error with what it printed, and of a peer only noted', async () => {
  await using home = await temporaryDirectory('home');
  const kind = findServer('embedded');
  if (kind === undefined) throw new Error('the embedded registry is always there');
  const plain = plainUpload(home.path);
  const lying = {
    ...plain,
    pushBlob: async () => ({
      program: process.execPath,
      words: ['--eval', 'console.error("disk full"); process.exit(3)'],
      directory: home.path,
      environment: {},
    }),
  };
  const onTurn = (): void => undefined;
  const failures: string[] = [];
  const onFailure = (round: number, client: string, error: unknown): void =>
    void failures.push(`${round} ${client}: ${error}`);
  const run = { workload, kind, latency: 0, rounds: 1, onTurn, onFailure };

  await expect(runWorkload({ ...run, clients: [lying] })).rejects.toThrow(/with 3: disk full$/);
  const peer = { ...lying, name: 'regctl' } as const;
  const all = await runWorkload({ ...run, clients: [peer, plain] });

  expect(all.map(({ client }) => client)).toEqual(['plain']);
  expect(failures).toEqual([expect.stringMatching(/^0 regctl: .* ended with 3: disk full$/)]);
});
