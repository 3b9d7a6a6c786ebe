import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapePattern, type FilePattern, parseFilePattern } from './file-pattern.ts';
import { InputError } from './input-error.ts';

/** A file that a list of patterns names. */
export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  readonly mediaType?: string;
}

/**
 * The files that the lines name, sorted by path, each once: literal paths, glob patterns, and `!`
 * patterns that take back what lines before them named. `:type/subtype` behind a pattern is the
 * media type of its files. Throws `InputError`, also for a line that names nothing.
 */
export async function expandFiles(
  lines: readonly string[],
  cwd: string,
  input = 'files',
): Promise<readonly ListedFile[]> {
  const found = new Map<string, string | undefined>();
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('!')) continue;
    const excluded = lines.slice(index + 1).filter((later) => later.startsWith('!'));
    const { pattern, mediaType, literal } = await readLine(line, cwd);
    const path = resolve(cwd, pattern);
    const paths =
      literal && excluded.length === 0
        ? [path]
        : await match(literal ? escapePattern(pattern) : pattern, excluded, cwd);
    if (paths.length === 0 && !literal) throw await nothingFound(input, line, cwd);
    for (const file of paths) {
      const other = found.get(file);
      if (other !== undefined && mediaType !== undefined && other !== mediaType) {
        throw twoTypes(input, file, other, mediaType);
      }
      found.set(file, mediaType ?? other);
    }
  }
  if (lines.length > 0 && found.size === 0) throw allExcluded(input);
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, mediaType]) => (mediaType === undefined ? { path } : { path, mediaType }));
}

// What is there by the very name that was written is meant, whatever characters the name has.
async function readLine(line: string, cwd: string): Promise<FilePattern & { literal: boolean }> {
  if (await isFile(resolve(cwd, line))) {
    return { pattern: line, mediaType: undefined, literal: true };
  }
  const parsed = parseFilePattern(line);
  return { ...parsed, literal: await isFile(resolve(cwd, parsed.pattern)) };
}

async function match(
  pattern: string,
  excluded: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const root = escapePattern(cwd);
  const patterns = [
    resolve(root, pattern),
    ...excluded.map((line) => `!${resolve(root, line.slice(1).trim())}`),
  ];
  // Most lines are literal; the library takes its time to load.
  const { create } = await import('@actions/glob');
  const globber = await create(patterns.join('\n'), {
    implicitDescendants: false,
    matchDirectories: false,
  });
  return globber.glob();
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function nothingFound(input: string, line: string, cwd: string): Promise<InputError> {
  const { pattern, mediaType } = parseFilePattern(line);
  const found = await stat(resolve(cwd, pattern)).catch(() => undefined);
  const all = `${pattern.replace(/\/+$/, '')}/**${mediaType === undefined ? '' : `:${mediaType}`}`;
  return new InputError([
    found?.isDirectory()
      ? {
          input,
          reason: `${JSON.stringify(line)} is a directory`,
          hint: `Write ${JSON.stringify(all)} for all the files in it.`,
        }
      : {
          input,
          reason: `no file matches ${JSON.stringify(line)}`,
          hint: 'Check the path, which starts at the workspace, and that a step before this one makes the file.',
        },
  ]);
}

const allExcluded = (input: string): InputError =>
  new InputError([
    {
      input,
      reason: 'the lines with "!" exclude every file',
      hint: 'Exclude less, or name more files.',
    },
  ]);

const twoTypes = (input: string, path: string, one: string, other: string): InputError =>
  new InputError([
    {
      input,
      reason: `${JSON.stringify(path)} has two media types, ${one} and ${other}`,
      hint: 'Give each file one media type, on one line.',
    },
  ]);
