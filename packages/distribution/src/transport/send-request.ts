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
  readonly content?: Uint8Array | AsyncIterable<Uint8Array> | undefined;
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
    const isAnswered = { value: false };
    request.on('response', (answer) => {
      isAnswered.value = true;
      // The rest of the body would be read as the next request: the connection ends with the answer.
      if (!request.writableEnded) answer.on('end', () => request.destroy());
      // node takes an answer to HEAD that tells no length for one that ends with the connection.
      if (method === 'HEAD') request.shouldKeepAlive = answer.headers.connection !== 'close';
      resolve(answer);
    });
    if (content === undefined || content instanceof Uint8Array) request.end(content);
    else void stream(content, request, isAnswered);
  });
}

/** Takes a chunk when the one before has left: its source may use the same memory again. */
async function stream(
  content: AsyncIterable<Uint8Array>,
  request: ClientRequest,
  isAnswered: { readonly value: boolean },
): Promise<void> {
  try {
    for await (const chunk of content) {
      await written(request, chunk);
      if (isAnswered.value) return;
    }
    request.end();
  } catch (error) {
    request.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

const written = (request: ClientRequest, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error('the connection closed'));
    request.once('close', giveUp);
    request.write(chunk, (error) => {
      request.off('close', giveUp);
      if (error) reject(error);
      else resolve();
    });
  });

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
