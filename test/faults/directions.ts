import { ever, type Fault } from './fault.ts';
import type { Spoil } from './gate.ts';

/** Sends the client to this URL, which the origin of the gate goes before unless it has its own. */
const redirecting =
  (to: (path: string, origin: string) => string): Spoil =>
  ({ request, response, origin }) => {
    request.resume();
    response.writeHead(307, { location: to(request.url ?? '', origin) }).end();
  };

const otherName = (path: string, origin: string): string =>
  `${origin.replace('127.0.0.1', 'localhost')}${path}`;

/** Puts another Location into the answer, or none. */
const locating =
  (location: string | undefined): Spoil =>
  async ({ response, honest }) => {
    const { status, headers, body } = await honest();
    const { location: _, ...others } = headers;
    response.writeHead(status, location === undefined ? others : { ...others, location }).end(body);
  };

// No short cut: the registry opens a session, and says where.
const sessions = { singlePost: false, mount: false };

/** The registry points somewhere else. */
export const directions = {
  'redirect on the same host': { gate: redirecting((path) => path) },
  'redirect to another host': { gate: redirecting(otherName) },
  'redirect in a circle': { gate: redirecting((path) => path), times: ever },
  'redirect to a link-local address': {
    gate: redirecting((path) => `http://169.254.169.254${path}`),
    times: ever,
  },
  'redirect without a Location': { registry: () => ({ status: 307, times: ever }) },
  'Location without a host': { capabilities: { ...sessions, relativeLocation: true } },
  'Location on another host': { capabilities: { ...sessions, externalUploads: true } },
  'no Location': { capabilities: sessions, gate: locating(undefined), times: ever },
  'Location is nonsense': { capabilities: sessions, gate: locating('http://[x'), times: ever },
  'Location at a link-local address': {
    capabilities: sessions,
    gate: locating('http://169.254.169.254/upload'),
    times: ever,
  },
} satisfies Record<string, Fault>;
