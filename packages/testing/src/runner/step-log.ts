import { type Command, parseCommand } from './commands.ts';
import type { Masker } from './masker.ts';
import type { Annotation } from './result.ts';

/** Annotations of one level that a step may leave; the rest is in the log alone. */
const maxAnnotations = 10;
/** Characters of an annotation. */
const maxMessage = 4096;

/** The log of one step: takes the lines of its processes, obeys the commands among them. */
export interface StepLog {
  /** A line that a process wrote. */
  write(line: string): void;
  /** A line of the runner's own. */
  say(line: string): void;
  annotate(annotation: Annotation): void;
  readonly text: () => string;
  readonly annotations: readonly Annotation[];
}

export interface StepLogOptions {
  readonly masker: Masker;
  /** Whether `::debug::` lines show, as they do when ACTIONS_STEP_DEBUG is set. */
  readonly debug?: boolean;
  readonly onLine?: (line: string) => void;
}

export function createStepLog({ masker, debug = false, onLine }: StepLogOptions): StepLog {
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  let resumeToken: string | undefined;

  const say = (line: string): void => {
    const masked = masker.mask(line);
    lines.push(masked);
    onLine?.(masked);
  };
  const annotate = (annotation: Annotation): void => {
    const message = masker.mask(annotation.message).slice(0, maxMessage);
    const sameLevel = annotations.filter(({ level }) => level === annotation.level);
    say(`##[${annotation.level}]${annotation.message}`);
    if (sameLevel.length < maxAnnotations) {
      annotations.push({ ...annotation, message });
    }
  };
  const obey = ({ name, properties, message }: Command): void => {
    if (name === 'error' || name === 'warning' || name === 'notice') {
      annotate({ level: name, message, ...placeOf(properties) });
    } else if (name === 'add-mask') {
      masker.add(message);
      say('::add-mask::***');
    } else if (name === 'stop-commands') {
      resumeToken = message;
    } else if (name === 'group' || name === 'endgroup') {
      say(`##[${name}]${message}`);
    } else if (name === 'debug' && debug) {
      say(`##[debug]${message}`);
    }
  };

  return {
    write(line) {
      const command = parseCommand(line);
      if (resumeToken !== undefined) {
        resumeToken = command?.name === resumeToken.toLowerCase() ? undefined : resumeToken;
        return say(line);
      }
      return command !== undefined && known.has(command.name) ? obey(command) : say(line);
    },
    say,
    annotate,
    text: () => lines.map((line) => `${line}\n`).join(''),
    annotations,
  };
}

const known: ReadonlySet<string> = new Set([
  ...['error', 'warning', 'notice', 'add-mask', 'stop-commands', 'group', 'endgroup', 'debug'],
]);

function placeOf({ file, line, col, title }: Command['properties']): Partial<Annotation> {
  return {
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { line: Number(line) } : {}),
    ...(col ? { column: Number(col) } : {}),
  };
}
