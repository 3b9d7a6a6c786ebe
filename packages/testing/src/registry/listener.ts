import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, errorAnswer, withoutDigest } from './exchange.ts';
import { type Fault, type Faults, faultAnswer, spoil } from './faults.ts';
import { receiveExchange } from './receive.ts';
import { Refusal } from './refusal.ts';
import type { OpenRecord, RequestLog } from './request-log.ts';
import { answer } from './router.ts';
import { send } from './send.ts';
import type { State } from './state.ts';

/** What a listener needs beside the state of the registry. */
export interface ListenerOptions {
  readonly server: 'registry' | 'storage';
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Aborted when the registry closes. */
  readonly closing: AbortSignal;
}

/** Makes the function that takes requests from a server; it never rejects. */
export const createListener =
  (state: State, { server, faults, log, closing }: ListenerOptions) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const record = log.begin(request, server);
    response.once('close', () => log.end(record));
    const fault = faults.take(record.method, record.path) ?? {};
    try {
      await respond(state, { request, response, record, fault, closing });
    } catch {
      // The connection is gone, and with it whoever could be told.
      request.socket.destroy();
    }
  };

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: OpenRecord;
  readonly fault: Fault;
  readonly closing: AbortSignal;
}

async function respond(state: State, turn: Turn): Promise<void> {
  const { request, response, record, fault, closing } = turn;
  if (fault.reset === 'before') {
    request.socket.resetAndDestroy();
    return;
  }
  const given = await answerWithFault(state, turn);
  if (fault.delay) await sleep(fault.delay, undefined, { signal: closing, ref: false });
  const isHead = record.method === 'HEAD';
  const isBare = isHead || given.body === undefined;
  if (fault.reset === 'after' || (fault.reset === 'during' && isBare)) {
    request.socket.resetAndDestroy();
    return;
  }
  record.status = given.status;
  const sent = (bytes: number): void => {
    record.bytesOut += bytes;
  };
  await send(response, given, { isHead, fault, sent });
  // What a refused request still sends would block the requests that follow on its connection.
  if (!request.readableEnded) request.resume();
}

async function answerWithFault(state: State, turn: Turn): Promise<Answer> {
  const { status, worked = false } = turn.fault;
  const refused = status === undefined ? undefined : faultAnswer(status, turn.fault);
  const own = refused === undefined || worked ? await answerOrRefuse(state, turn) : undefined;
  const given = refused ?? own ?? { status: 500 };
  return spoil(state.capabilities.digestHeader ? given : withoutDigest(given), turn.fault);
}

async function answerOrRefuse(state: State, { request, record, fault }: Turn): Promise<Answer> {
  try {
    const exchange = receiveExchange(request, record, fault.reset === 'during');
    return await answer(state, exchange);
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.errors, error.headers);
    // Only now: a client that saw the reset sooner could come back before the handler has tidied up.
    if (fault.reset === 'during') request.socket.resetAndDestroy();
    if (request.socket.destroyed || fault.reset === 'during') throw error;
    return errorAnswer(500, [{ code: 'UNKNOWN', message: String(error) }]);
  }
}
