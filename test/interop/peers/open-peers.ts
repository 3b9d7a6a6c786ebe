import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { type Access, login } from '../servers/server.ts';
import { runTool, type ToolName } from '../tools.ts';
import { type Crane, crane } from './crane.ts';
import { type Oras, oras } from './oras.ts';
import type { Peer, Run } from './peer.ts';
import { type Regctl, regctl } from './regctl.ts';
import { skopeo } from './skopeo.ts';

/** The tools that are clients. */
export const peerNames = ['crane', 'oras', 'regctl', 'skopeo'] as const;

export type PeerName = (typeof peerNames)[number];

export interface Peers extends AsyncDisposable {
  readonly crane: Crane;
  readonly oras: Oras;
  readonly regctl: Regctl;
  readonly skopeo: Peer;
  /** A folder of theirs, in which nothing but their login is. */
  readonly folder: string;
}

/** The clients of other people, with nothing of this machine's settings but the login of one registry, if it has one. */
export async function openPeers(host: string, access: Access = 'anonymous'): Promise<Peers> {
  const folder = await temporaryDirectory('peers');
  const config = join(folder.path, 'config.json');
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  const auths = access === 'anonymous' ? {} : { [host]: { auth } };
  await writeFile(config, JSON.stringify({ auths }));
  const env = { HOME: folder.path, DOCKER_CONFIG: folder.path, REGISTRY_AUTH_FILE: config };
  const runner =
    (tool: ToolName, ...always: readonly string[]): Run =>
    (...args) =>
      runTool(tool, [...always, ...args], { env, cwd: folder.path });
  return {
    crane: crane(runner('crane')),
    oras: oras(runner('oras')),
    regctl: regctl(runner('regctl', '--host', `reg=${host},tls=disabled`)),
    skopeo: skopeo(runner('skopeo')),
    folder: folder.path,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
