import type { ServerResponse } from 'node:http';
import type { Json } from '../runner/json.ts';

/** What a Twirp method answers: an HTTP status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export const accept = (body: Json): Answer => ({ status: 200, body });

/** A refusal as Twirp words it: a code of its list, and a sentence. */
export const refuse = (status: number, code: string, msg: string): Answer => ({
  status,
  body: { code, msg },
});

/** Sends an answer as JSON; the client takes anything else for a failure of the network. */
export function sendAnswer(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
