import { type Digest, parseDigest } from './digest.ts';
import { OciError } from './error.ts';

/** A repository in a registry. `registry` is a host with an optional port, as the user wrote it; Docker Hub is `docker.io`. */
export interface RepositoryName {
  readonly registry: string;
  readonly repository: string;
}

/** What names a manifest: a tag, a digest, or both; both absent means the repository itself. */
export interface Reference extends RepositoryName {
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Text that was meant to be a reference, and is not one. */
export class InvalidReferenceError extends OciError {
  override readonly name = 'InvalidReferenceError';
  readonly code = 'INVALID_REFERENCE';

  constructor(text: string, reason: string) {
    super(`not a reference: ${JSON.stringify(text)}: ${reason}`, {
      hint: 'Write it as registry/repository, with :tag or @digest where one is asked for, e.g. ghcr.io/acme/app:1.0.',
    });
  }
}

// The grammar of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
const hostPattern =
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::[0-9]{1,5})?$/;
const repositoryPattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

export const isTag = (text: string): boolean => tagPattern.test(text);

/** Reads a tag alone; throws `InvalidReferenceError`. */
export function parseTag(text: string): string {
  if (!isTag(text)) {
    throw new InvalidReferenceError(
      text,
      'a tag has 1 to 128 letters, digits, "_", "." and "-", and starts with none of the last two',
    );
  }
  return text;
}

/** Reads `registry/repository[:tag][@digest]`. A first part that is no host means Docker Hub, as every client has it. */
export function parseReference(text: string): Reference {
  const [named, digestText, ...rest] = text.split('@');
  if (named === undefined || rest.length > 0) {
    throw new InvalidReferenceError(text, 'it has more than one "@"');
  }
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const hasTag = colon > 0;
  const name = hasTag ? named.slice(0, colon) : named;
  return {
    ...parseName(text, name),
    ...(hasTag ? { tag: parseTag(named.slice(colon + 1)) } : {}),
    ...(digestText === undefined ? {} : { digest: parseDigest(digestText) }),
  };
}

/** Reads `registry/repository` and nothing more. */
export function parseRepositoryName(text: string): RepositoryName {
  const { registry, repository, tag, digest } = parseReference(text);
  if (tag !== undefined || digest !== undefined) {
    throw new InvalidReferenceError(text, 'it must not have a tag or a digest');
  }
  return { registry, repository };
}

function parseName(text: string, name: string): RepositoryName {
  const [first = '', ...parts] = name.split('/');
  const isHost = parts.length > 0 && /[.:[]|^localhost$/.test(first);
  const registry = isHost ? first.toLowerCase() : 'docker.io';
  const path = isHost ? parts.join('/') : name;
  const port = Number(/:([0-9]+)$/.exec(registry.replace(/^\[.*\]/, ''))?.[1] ?? 1);
  if (port < 1 || port > 65_535) {
    throw new InvalidReferenceError(text, `port ${port} is out of range`);
  }
  // The pattern knows the letters; that "[::::]" or "999.1.1.1" is no address, only the URL parser does.
  if (!hostPattern.test(registry) || !URL.canParse(`http://${registry}`)) {
    throw new InvalidReferenceError(text, `registry part ${JSON.stringify(first)} is not a host`);
  }
  if (!repositoryPattern.test(path) || path.length > 255) {
    throw new InvalidReferenceError(text, repositoryReason(path));
  }
  const canonical = registry === 'index.docker.io' ? 'docker.io' : registry;
  const official = canonical === 'docker.io' && !path.includes('/');
  return { registry: canonical, repository: official ? `library/${path}` : path };
}

function repositoryReason(path: string): string {
  if (path === '') return 'it has no repository';
  if (path.length > 255) return `its repository part has ${path.length} characters, at most 255 go`;
  if (/[A-Z]/.test(path)) return `repository part ${JSON.stringify(path)} must be lower case`;
  return `repository part ${JSON.stringify(path)} may have lower case letters and digits, with ".", "_", "-" or "/" between them`;
}

/** The inverse of `parseReference`. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  const tagged = tag === undefined ? '' : `:${tag}`;
  return `${registry}/${repository}${tagged}${digest === undefined ? '' : `@${digest}`}`;
}
