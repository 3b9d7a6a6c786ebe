import { parseDigest } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { type ActionContract, defineAction, type Inputs } from './contract.ts';
import { expression } from './expression.ts';
import { input } from './input.ts';
import { parseInputs } from './parse-inputs.ts';
import { createSecrets } from './secrets.ts';
import { legInputs, registryInputs } from './shared-inputs.ts';

const actionWith = <const I extends ActionContract['inputs']>(inputs: I) =>
  defineAction({ name: 'Test', description: 'For a test.', inputs, outputs: {} });

const parse = <C extends ActionContract>(contract: C, given: Record<string, string>): Inputs<C> =>
  parseInputs(
    contract,
    given,
    createSecrets(() => {}),
  );

const description = 'For a test.';

test('lists have one item a line: commas, hashes and colons are data', () => {
  const contract = actionWith({ files: input.lines({ description }) });

  const { files } = parse(contract, { INPUT_FILES: '\n  a,b.txt \r\n\n#c\nd:e\n' });

  expect(files).toEqual(['a,b.txt', '#c', 'd:e']);
});

test('a list that was not given is empty', () => {
  const contract = actionWith({ files: input.lines({ description }) });

  expect(parse(contract, {})).toEqual({ files: [] });
});

test.each([
  ['true', true],
  ['False', false],
  [' TRUE ', true],
])('%j is a boolean', (text, value) => {
  const contract = actionWith({ 'dry-run': input.boolean({ description }) });

  expect(parse(contract, { 'INPUT_DRY-RUN': text })).toEqual({ dryRun: value });
});

test.each([
  ['boolean', input.boolean({ description }), 'yes', '"yes" is neither true nor false'],
  ['integer', input.integer({ description }), '4.5', '"4.5" is not a whole number from 0'],
  ['integer', input.integer({ description }), '-1', '"-1" is not a whole number from 0'],
  ['integer', input.integer({ description }), '0x10', '"0x10" is not a whole number from 0'],
  [
    'integer',
    input.integer({ description, min: 1, max: 64 }),
    '65',
    '"65" is not a whole number from 1 to 64',
  ],
  ['choice', input.choice({ description }, ['merge', 'replace']), 'Merge', '"Merge" is no choice'],
  ['json', input.json({ description }), '{', '"{" is not JSON'],
  ['lines', input.lines({ description, required: true }), ' \n ', 'is required, and was not given'],
  [
    'expression',
    input.integer({ description, default: expression('github.run_attempt') }),
    '',
    'is empty',
  ],
])('a wrong %s is refused with its value and with what is right', (_, wrong, text, reason) => {
  const contract = actionWith({ wrong });

  expect(() => parse(contract, { INPUT_WRONG: text })).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: `input "wrong": ${reason}`,
      hint: expect.stringContaining('"wrong"'),
    }),
  );
});

test('an empty value takes the default, unless that is an expression', () => {
  const contract = actionWith({
    mode: input.choice({ description, default: 'merge' }, ['merge', 'replace']),
    token: input.text({ description, default: expression('github.token') }),
  });

  expect(parse(contract, { INPUT_MODE: '', INPUT_TOKEN: '' })).toEqual({
    mode: 'merge',
    token: '',
  });
});

test('the hint of an error of ours survives in a custom input', () => {
  const contract = actionWith({ digest: input.custom({ description }, parseDigest) });

  expect(() => parse(contract, { INPUT_DIGEST: 'latest' })).toThrow(
    expect.objectContaining({
      message: 'input "digest": not a digest: "latest"',
      hint: 'Write it as "sha256:" and 64 lowercase hex digits.',
    }),
  );
});

test('JSON goes through its check', () => {
  const contract = actionWith({
    needs: input.json({ description }, (value) => {
      if (!Array.isArray(value)) throw new Error('is not a list');
      return value.length;
    }),
  });

  expect(parse(contract, { INPUT_NEEDS: '[1, 2]' })).toEqual({ needs: 2 });
  expect(() => parse(contract, { INPUT_NEEDS: '{}' })).toThrow('input "needs": is not a list');
});

test('secrets are masked even if another input is wrong', () => {
  const masked: string[] = [];
  const contract = actionWith({
    count: input.integer({ description }),
    key: input.text({ description, secret: true }),
  });

  expect(() =>
    parseInputs(
      contract,
      { INPUT_COUNT: 'x', INPUT_KEY: 'a-secret-key' },
      createSecrets((secret) => masked.push(secret)),
    ),
  ).toThrow('"count"');
  expect(masked).toEqual(['a-secret-key']);
});

test('a leg knows itself from what the runner fills in', () => {
  const contract = actionWith({ ...registryInputs, ...legInputs });

  const inputs = parse(contract, {
    'INPUT_LEG-INDEX': '2',
    'INPUT_LEG-TOTAL': '4',
    INPUT_MATRIX: '{"arch":"arm64"}',
    'INPUT_RUN-ATTEMPT': '1',
    'INPUT_CHECK-RUN-ID': '',
    INPUT_TOKEN: 'ghs_token',
  });

  expect(inputs).toMatchObject({
    group: undefined,
    legIndex: 2,
    legTotal: 4,
    matrix: { arch: 'arm64' },
    runAttempt: 1,
    checkRunId: '',
    token: 'ghs_token',
    concurrency: 4,
    timeoutMinutes: 60,
    dryRun: false,
  });
});

test('no message quotes more than the start of a value', () => {
  const contract = actionWith({ data: input.json({ description }) });

  const failure = (): unknown => parse(contract, { INPUT_DATA: 'x'.repeat(10_000) });

  expect(failure).toThrow(/^input "data": "x{100}…" is not JSON$/);
});
