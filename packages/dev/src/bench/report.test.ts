import { expect, test } from 'vitest';
import { renderReport, renderVerdict, type Section } from './report.ts';

const measured = { wall: 5, memory: undefined, requests: { PUT: 1 }, bytesUp: 1 };
const sections: Section[] = [
  {
    server: { name: 'olareg', version: '0.2.2' },
    latency: 30,
    isQuick: true,
    failures: ['regctl failed in round 2 of (d).'],
    results: [
      {
        work: 'b-same',
        client: 'ours',
        summary: measured,
        toBestPeer: undefined,
        toPlain: undefined,
        targets: [
          { text: 'at most 1 requests', isMet: true },
          { text: 'at most the best peer + 60 ms', isMet: false },
        ],
      },
      {
        work: 'c',
        client: 'oras',
        summary: measured,
        toBestPeer: 1,
        toPlain: undefined,
        targets: [],
      },
      {
        work: 'e-file',
        client: 'plain',
        summary: measured,
        toBestPeer: undefined,
        toPlain: 1,
        targets: [],
      },
    ],
  },
];
const setting = {
  command: 'npm run bench -- --quick',
  clients: [
    { name: 'ours', version: '0.1.0' },
    { name: 'plain', version: '24' },
    { name: 'oras', version: '1.3.3' },
  ],
  missing: ['crane'],
  missingServers: ['distribution'],
  machine: 'Linux, 2 cores',
  rounds: 5,
} as const;

test('the report says what made it, what was measured and what was not', () => {
  const report = renderReport(setting, sections);

  expect(report).toContain('`npm run bench -- --quick`');
  expect(report).toContain('- Clients: ours 0.1.0, oras 1.3.3\n');
  expect(report).toContain('\n- regctl failed in round 2 of (d).\n');
  expect(report).toContain('not being installed: crane, distribution\n');
});

test('every piece of work has its table under the registry and the latency', () => {
  const headings = renderReport(setting, sections)
    .split('\n')
    .filter((line) => line.startsWith('##'));

  expect(headings).toEqual([
    '## olareg 0.2.2, 30 ms',
    '### (b) the same manifest again',
    '### (c) all blobs in another repository of the registry',
    // A quick run does not claim more than it did.
    '### (e) one blob of 64 MiB, a file',
  ]);
});

test('targets are counted', () => {
  expect(renderVerdict(sections)).toBe('1 of 2 targets met');
});
