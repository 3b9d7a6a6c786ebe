import { startCraneRegistry } from './crane-registry.ts';
import { startDistribution } from './distribution.ts';
import { startOlareg } from './olareg.ts';
import type { Access, Server } from './server.ts';

/** The tools that are registries. */
export const serverNames = ['docker-registry', 'distribution', 'olareg', 'crane'] as const;

export type ServerName = (typeof serverNames)[number];

/** Who may use each of them, as it can be set up. */
export const setUps: Readonly<Record<ServerName, readonly Access[]>> = {
  'docker-registry': ['anonymous', 'basic', 'token'],
  distribution: ['anonymous', 'basic', 'token'],
  olareg: ['anonymous', 'basic', 'token'],
  crane: ['anonymous'],
};

/** Starts a registry of other people with nothing in it; everybody may do everything there unless it is said. */
export function startServer(name: ServerName, access: Access = 'anonymous'): Promise<Server> {
  switch (name) {
    case 'docker-registry':
    case 'distribution':
      return startDistribution(name, access);
    case 'olareg':
      return startOlareg(access);
    case 'crane':
      return startCraneRegistry();
  }
}
