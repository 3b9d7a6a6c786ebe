import { expect, test } from 'vitest';
import { createMasker } from './masker.ts';
import { createStepLog } from './step-log.ts';

const newLog = () => createStepLog({ masker: createMasker() });

test('a command becomes an annotation with its place, and a line of the log', () => {
  const log = newLog();

  log.write('::error file=a.ts,line=3,col=5,title=Oh::broken');

  expect(log.annotations).toEqual([
    { level: 'error', message: 'broken', file: 'a.ts', line: 3, column: 5, title: 'Oh' },
  ]);
  expect(log.text()).toBe('##[error]broken\n');
});

test('ten annotations of each level are kept, and the log has them all', () => {
  const log = newLog();

  for (let index = 0; index < 12; index += 1) {
    log.write(`::error::${index}`);
    log.write(`::notice::${index}`);
  }

  expect(log.annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
  expect(log.annotations.filter(({ level }) => level === 'notice')).toHaveLength(10);
  expect(log.text()).toContain('##[error]11');
});

test('an annotation is cut at 4096 characters', () => {
  const log = newLog();

  log.write(`::warning::${'x'.repeat(5000)}`);

  expect(log.annotations[0]?.message).toHaveLength(4096);
});

test('a value is masked from the moment it is declared', () => {
  const log = newLog();

  log.write('a s3cret');
  log.write('::add-mask::s3cret');
  log.write('a s3cret');
  log.write('::error::no s3cret here');

  expect(log.text()).toBe('a s3cret\n::add-mask::***\na ***\n##[error]no *** here\n');
  expect(log.annotations[0]?.message).toBe('no *** here');
});

test('between stop-commands and its token, commands are text', () => {
  const log = newLog();

  log.write('::stop-commands::token');
  log.write('::error::not one');
  log.write('::token::');
  log.write('::error::one');

  expect(log.annotations.map(({ message }) => message)).toEqual(['one']);
  expect(log.text()).toContain('::error::not one');
});

test('debug lines are hidden unless they are asked for', () => {
  const quiet = newLog();
  const loud = createStepLog({ masker: createMasker(), debug: true });

  for (const log of [quiet, loud]) {
    log.write('::debug::deep');
  }

  expect(quiet.text()).toBe('');
  expect(loud.text()).toBe('##[debug]deep\n');
});
