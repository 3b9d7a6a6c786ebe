import { once } from 'node:events';
import { ever, type Fault } from './fault.ts';
import type { Spoil } from './gate.ts';
import { bearer } from './token-kinds.ts';

const challenge = { 'www-authenticate': 'Bearer realm="/token",service="registry"' };

/** Answers as soon as some of the body is there, and takes no more of it. */
const early =
  (status: number): Spoil =>
  async ({ request, response }) => {
    await once(request, 'readable');
    response.writeHead(status, { ...challenge, connection: 'close' }).end();
    await once(response, 'finish');
    request.socket.destroySoon();
  };

/** The registry changes its mind about what the client may do, or how much. */
export const rights = {
  'the token has expired': {
    auth: bearer,
    acquainted: true,
    registry: () => ({ status: 401, headers: challenge }),
  },
  'no token is good enough': {
    auth: bearer,
    acquainted: true,
    registry: () => ({ status: 401, headers: challenge, times: ever }),
  },
  '401 without a challenge': { registry: () => ({ status: 401, times: ever }) },
  'forbidden in the middle': {
    auth: bearer,
    acquainted: true,
    registry: () => ({ status: 403, times: ever }),
  },
  '401 before the body has ended': { auth: bearer, acquainted: true, gate: early(401) },
  '413 before the body has ended': { gate: early(413) },
} satisfies Record<string, Fault>;
