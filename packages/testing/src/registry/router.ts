import { type Access, authorize } from './authorization.ts';
import { deleteBlob, readBlob } from './blobs.ts';
import type { Answer, Exchange } from './exchange.ts';
import { deleteManifest, readManifest } from './manifests.ts';
import { putManifest } from './put-manifest.ts';
import { listReferrers } from './referrers.ts';
import { refusal } from './refusal.ts';
import { knownRepository, type State } from './state.ts';
import { listTags } from './tags.ts';
import { getToken, postToken } from './token.ts';
import { deleteUpload, patchUpload, putUpload, readUpload } from './upload-session.ts';
import { postUpload } from './uploads.ts';

type Handler = (state: State, exchange: Exchange) => Answer | Promise<Answer>;

interface Route {
  readonly kind: string;
  /** Gives the repository and the reference, where the path has them. */
  readonly pattern: RegExp;
  readonly handlers: Readonly<Record<string, Handler>>;
}

const ping: Handler = () => ({ status: 200, headers: { 'content-type': 'application/json' } });

const routes: readonly Route[] = [
  { kind: 'ping', pattern: /^\/v2\/?$/, handlers: { GET: ping, HEAD: ping } },
  { kind: 'token', pattern: /^\/token$/, handlers: { GET: getToken, POST: postToken } },
  {
    kind: 'tags',
    pattern: /^\/v2\/(.+)\/tags\/list$/,
    handlers: { GET: listTags, HEAD: listTags },
  },
  {
    kind: 'referrers',
    pattern: /^\/v2\/(.+)\/referrers\/([^/]+)$/,
    handlers: { GET: listReferrers, HEAD: listReferrers },
  },
  {
    kind: 'manifest',
    pattern: /^\/v2\/(.+)\/manifests\/([^/]+)$/,
    handlers: {
      GET: readManifest,
      HEAD: readManifest,
      PUT: putManifest,
      DELETE: deleteManifest,
    },
  },
  { kind: 'upload', pattern: /^\/v2\/(.+)\/blobs\/uploads\/?$/, handlers: { POST: postUpload } },
  {
    kind: 'upload',
    pattern: /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/,
    handlers: { GET: readUpload, PATCH: patchUpload, PUT: putUpload, DELETE: deleteUpload },
  },
  {
    kind: 'blob',
    pattern: /^\/v2\/(.+)\/blobs\/([^/]+)$/,
    handlers: { GET: readBlob, HEAD: readBlob, DELETE: deleteBlob },
  },
];

/** Says what a path is about, for the statistics: `ping`, `token`, `tags`, `referrers`, `manifest`, `upload`, `blob` or `other`. */
export const kindOf = (path: string): string =>
  routes.find(({ pattern }) => pattern.test(path))?.kind ?? 'other';

/** Answers one request. Throws `Refusal`. */
export async function answer(state: State, asked: Exchange): Promise<Answer> {
  const route = routes.find(({ pattern }) => pattern.test(asked.path));
  const [, repository = '', reference = ''] = route?.pattern.exec(asked.path) ?? [];
  const exchange = { ...asked, repository, reference };
  if (repository !== '') checkName(repository);
  if (route?.kind !== 'token') authorizeFor(state, exchange, accessesOf(route?.kind, exchange));
  if (route === undefined || (route.kind === 'referrers' && !state.capabilities.referrers)) {
    return notFound;
  }
  const handler = route.handlers[exchange.method];
  if (handler === undefined || !isOn(state, route.kind, exchange)) {
    throw refusal(405, 'UNSUPPORTED', `this registry has no ${exchange.method} of a ${route.kind}`);
  }
  if (repository !== '' && !state.capabilities.createRepositories) knownRepository(state, exchange);
  return await handler(state, exchange);
}

// As most servers answer a path that they do not have: not with the error body of the specification.
const notFound: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: new TextEncoder().encode('404 page not found\n'),
};

const isOn = ({ capabilities }: State, kind: string, { method }: Exchange): boolean =>
  capabilities.delete || method !== 'DELETE' || kind === 'upload';

function authorizeFor(state: State, exchange: Exchange, accesses: readonly Access[]): void {
  if (exchange.server === 'registry') {
    authorize(state.authority, exchange, accesses);
    return;
  }
  if (exchange.headers.authorization !== undefined) {
    throw refusal(400, 'UNSUPPORTED', 'the signature is the only credential that goes here');
  }
  if (exchange.query.get('signature') !== state.external.signature) {
    throw refusal(403, 'DENIED', 'the signature is not right');
  }
}

function accessesOf(kind: string | undefined, exchange: Exchange): Access[] {
  const { method, query, repository } = exchange;
  if (repository === '') return [];
  const from = query.get('mount') === null ? null : query.get('from');
  const isOther = from !== null && from !== repository && namePattern.test(from);
  return [
    { repository, actions: actionsOf(kind, method) },
    ...(isOther ? [{ repository: from, actions: ['pull'] }] : []),
  ];
}

function actionsOf(kind: string | undefined, method: string): string[] {
  if (kind === 'upload') return ['pull', 'push'];
  if (method === 'DELETE') return ['delete'];
  return method === 'PUT' ? ['pull', 'push'] : ['pull'];
}

// The grammar of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const namePattern = new RegExp(`^${component}(?:/${component})*$`);

function checkName(name: string): void {
  if (!namePattern.test(name) || name.length > 255) {
    throw refusal(400, 'NAME_INVALID', `not a repository name: ${JSON.stringify(name)}`);
  }
}
