import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** What a command said last on standard error. */
export interface Complaint {
  /** Empty where it said nothing, else `: ` and its last lines. */
  end(): string;
}

const maxLine = 4096;
const shownLines = 5;
const shownCharacters = 500;

/** Reads a stream to its end, gives each line to `onLine` without what would steer a terminal, and keeps the last ones. */
export function listenTo(stream: Readable, onLine: (line: string) => void): Complaint {
  const last: string[] = [];
  let pending = '';
  const say = (text: string): void => {
    const line = stripVTControlCharacters(text)
      .replaceAll(/\p{Cc}/gu, '')
      .trimEnd();
    if (line === '') return;
    onLine(line);
    last.push(line.slice(0, shownCharacters));
    if (last.length > shownLines) last.shift();
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (pending + text).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) say(line);
    if (pending.length <= maxLine) return;
    say(pending);
    pending = '';
  });
  stream.on('end', () => say(pending));
  return { end: () => (last.length === 0 ? '' : `: ${last.join('; ')}`) };
}
