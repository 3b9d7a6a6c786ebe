import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Timeouts } from './connections.ts';
import { httpFor } from './http-modules.ts';

/** A request, and the connections that it may use. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: Uint8Array | Readable | undefined;
  readonly signal: AbortSignal;
  readonly agent: Agent;
  readonly timeouts: Required<Timeouts>;
}

/**
 * Sends one request over HTTP/1.1, and resolves to the head of its answer.
 * An answer that comes before all of the body has left ends the sending: nobody will read the rest.
 */
export function sendRequest(outgoing: Outgoing): Promise<IncomingMessage> {
  const { method, url, headers, content, signal, agent } = outgoing;
  return new Promise((resolve, reject) => {
    const request = httpFor(url).request(url, { method, headers, signal, agent });
    request.on('error', reject);
    request.on('socket', (socket) => endWhenIdle(request, socket, outgoing));
    request.on('response', (answer) => {
      if (!request.writableEnded) stopSending(request, content, answer);
      // node takes an answer to HEAD that tells no length for one that ends with the connection.
      if (method === 'HEAD') request.shouldKeepAlive = answer.headers.connection !== 'close';
      resolve(answer);
    });
    if (content === undefined || content instanceof Uint8Array) request.end(content);
    else stream(content, request);
  });
}

function stream(content: Readable, request: ClientRequest): void {
  content.on('error', (error) => request.destroy(error));
  request.on('close', () => content.destroy());
  content.pipe(request);
}

/** The rest of the body would be read as the next request: the connection ends with the answer. */
function stopSending(
  request: ClientRequest,
  content: Uint8Array | Readable | undefined,
  answer: IncomingMessage,
): void {
  if (content !== undefined && !(content instanceof Uint8Array)) {
    content.unpipe(request);
    content.destroy();
  }
  answer.on('end', () => request.destroy());
}

/** Ends a request on which nothing moves, with what it was waiting for. */
function endWhenIdle(
  request: ClientRequest,
  socket: Socket,
  { url, timeouts: { connect, headers, body } }: Outgoing,
): void {
  let end = (): void => {};
  const allow = (what: string, milliseconds: number, ends: Writable | Readable): void => {
    socket.off('timeout', end);
    end = () => void ends.destroy(timeoutError(what, milliseconds));
    socket.on('timeout', end).setTimeout(milliseconds);
  };
  const allowAnswer = (): void => allow('an answer', headers, request);
  request.on('close', () => socket.off('timeout', end));
  request.on('response', (answer) => allow('the rest of the answer', body, answer));
  if (socket.connecting) {
    allow('a connection', connect, request);
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', allowAnswer);
  } else {
    allowAnswer();
  }
}

const timeoutError = (what: string, milliseconds: number): Error =>
  Object.assign(new Error(`waited ${milliseconds / 1000} s for ${what}`), { code: 'ETIMEDOUT' });
