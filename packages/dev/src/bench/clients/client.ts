import type { Digest } from '@oci-matrix/oci';
import type { Command } from '../command.ts';
import type { Layout } from '../layout.ts';
import type { LegFiles } from '../leg-files.ts';

export const peerNames = ['crane', 'oras', 'regctl', 'skopeo'] as const;
/** What is also measured past the proxy, to know what that costs. */
export type DirectName = 'ours, no proxy' | 'plain, no proxy';
export type ClientName = 'ours' | 'plain' | (typeof peerNames)[number] | DirectName;

/** Where a client pushes to, without credentials and without TLS. */
export interface Destination {
  readonly host: string;
  readonly repository: string;
}

export interface BlobFile {
  readonly path: string;
  readonly digest: Digest;
}

/** A program that pushes. It makes commands, for others to run; what it cannot do it does not have. */
export interface Client {
  readonly name: ClientName;
  readonly version: string;
  /** Goes past the proxy, where nothing is counted. */
  readonly isDirect?: boolean;
  /** Pushes an image; `from` is a repository of the registry that has its blobs, for clients that can be told so. */
  readonly pushImage?: (image: Layout, to: Destination, from?: string) => Promise<Command>;
  /** Pushes files as one manifest. */
  readonly pushFiles?: (leg: LegFiles, to: Destination) => Promise<Command>;
  /** Publishes an index of manifests that it pushed. */
  readonly pushIndex?: (legs: readonly LegFiles[], to: Destination) => Promise<Command>;
  /** Pushes one blob and nothing else. */
  readonly pushBlob?: (blob: BlobFile, to: Destination) => Promise<Command>;
}

/** True of a client that ours is compared with. */
export const isPeer = (name: ClientName): boolean => peerNames.some((peer) => peer === name);

export const nameOf = ({ host, repository }: Destination): string => `${host}/${repository}`;
