import { readFile } from 'node:fs/promises';
import type { Capabilities } from './capabilities.ts';
import { createState } from './create-state.ts';
import { type Answer, errorAnswer, withoutDigest } from './exchange.ts';
import { createInspection } from './inspection.ts';
import { Refusal } from './refusal.ts';
import type { Registry, RegistryOptions } from './registry.ts';
import { answer } from './router.ts';
import type { State } from './state.ts';
import { openMemoryStorage } from './storage.ts';

/** A request that goes to a registry without a connection. */
export interface DirectRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface DirectAnswer {
  readonly status: number;
  /** With its `content-length`; the body of an answer to HEAD does not come. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array;
}

/** The embedded registry without its servers and its disk: whoever calls it decides what happens when, and in which order. */
export interface DirectRegistry
  extends Omit<
    Registry,
    | 'url'
    | 'host'
    | 'auth'
    | 'fail'
    | 'heal'
    | 'requests'
    | 'clearRequests'
    | 'statistics'
    | 'onRequest'
  > {
  /** Answers a request. Reads of tags are `stale` by so many ms. */
  ask(request: DirectRequest, stale?: number): Promise<DirectAnswer>;
}

export interface DirectRegistryOptions extends Omit<RegistryOptions, 'port' | 'storage'> {
  /** The registry's clock, in ms; that of this machine unless given. */
  readonly now?: () => number;
}

/** Opens a registry that nothing listens for, and that keeps everything in memory. It remembers tags for as long as the capabilities say that reads may be stale. */
export function openDirectRegistry({
  now,
  ...options
}: DirectRegistryOptions = {}): DirectRegistry {
  const state = createState(options, openMemoryStorage, now);
  const behind = (stale: number): Capabilities => ({
    ...state.capabilities,
    staleTagReads: stale,
    staleTagLists: stale,
  });
  return {
    ...createInspection(state),
    async ask(request, stale = 0) {
      const given = await answerOrRefuse({ ...state, capabilities: behind(stale) }, request);
      return whole(request, state.capabilities.digestHeader ? given : withoutDigest(given));
    },
    close: state.storage.close,
    [Symbol.asyncDispose]: state.storage.close,
  };
}

const exchangeOf = ({ method, url, headers, body }: DirectRequest) => ({
  method,
  path: decodeURIComponent(url.pathname),
  query: url.searchParams,
  headers: { 'content-length': String(body.byteLength), ...headers },
  body: piecesOf(body),
  origin: url.origin,
  server: 'registry' as const,
  repository: '',
  reference: '',
});

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  if (body.byteLength > 0) yield body;
}

async function answerOrRefuse(state: State, request: DirectRequest): Promise<Answer> {
  try {
    return await answer(state, exchangeOf(request));
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.status, error.errors, error.headers);
    throw error;
  }
}

async function whole({ method }: DirectRequest, given: Answer): Promise<DirectAnswer> {
  const { status, headers = {}, body } = given;
  const bytes = await bytesOf(body);
  const length = { 'content-length': String(bytes.byteLength) };
  const none = new Uint8Array();
  return {
    status,
    headers: status === 204 || status === 304 ? headers : { ...headers, ...length },
    body: method === 'HEAD' ? none : bytes,
  };
}

async function bytesOf(body: Answer['body']): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const { path, start, size } = body;
  return (await readFile(path)).subarray(start, start + size);
}
