import { ever, type Fault } from './fault.ts';
import type { Spoil } from './gate.ts';

const says = (range: string): Fault => ({ registry: () => ({ headers: { range }, times: ever }) });

/** Cancels the upload before its client comes. */
const forgetting: Spoil = async ({ request, response, origin, honest }) => {
  await fetch(`${origin}${request.url}`, { method: 'DELETE' });
  const { status, headers, body } = await honest();
  response.writeHead(status, headers).end(body);
};

/** The registry loses sight of an upload. */
export const chunks = {
  'Range stands still': says('0-0'),
  'Range beyond what was sent': says('0-99999999'),
  'Range is nonsense': says('some of it'),
  'no Range': says(''),
  'the session is lost': { gate: forgetting },
} satisfies Record<string, Fault>;
