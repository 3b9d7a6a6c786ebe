import { blobKinds } from './blob-kinds.ts';
import { chunkKinds } from './chunk-kinds.ts';
import { chunks } from './chunks.ts';
import { connections } from './connections.ts';
import { contents } from './contents.ts';
import { directions } from './directions.ts';
import type { Fault } from './fault.ts';
import type { Kind } from './kind.ts';
import { manifestKinds } from './manifest-kinds.ts';
import { refusals } from './refusals.ts';
import { rights } from './rights.ts';
import { tokenKinds } from './token-kinds.ts';

/** The columns. */
export const kinds = {
  ...blobKinds,
  ...chunkKinds,
  ...manifestKinds,
  ...tokenKinds,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** The rows. */
export const faults: Readonly<Record<string, Fault>> = {
  nothing: {},
  ...refusals,
  ...connections,
  ...contents,
  ...chunks,
  ...directions,
  ...rights,
};
