/** What happened, one line for each event. */
export interface Story {
  tell(who: string, what: string): void;
  lines(): readonly string[];
}

export function createStory(now: () => number): Story {
  const lines: string[] = [];
  return {
    tell: (who, what) =>
      void lines.push(`${(now() / 1000).toFixed(3).padStart(9)} ${who.padEnd(24)} ${shown(what)}`),
    lines: () => lines,
  };
}

// Sessions of uploads have names that no seed decides.
const session = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const shown = (text: string): string =>
  text
    .replaceAll(/sha256(:|%3A)[0-9a-f]{64}/g, (digest) => digest.slice(-64, -56))
    .replaceAll(session, 'session');
