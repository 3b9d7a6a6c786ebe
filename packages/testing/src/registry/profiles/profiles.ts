import { acr } from './acr.ts';
import { artifactory } from './artifactory.ts';
import { distribution } from './distribution.ts';
import { dockerHub } from './docker-hub.ts';
import { ecr } from './ecr.ts';
import { gar } from './gar.ts';
import { ghcr } from './ghcr.ts';
import { gitlab } from './gitlab.ts';
import { harbor } from './harbor.ts';
import { olareg } from './olareg.ts';
import type { Profile } from './profile.ts';
import { quay } from './quay.ts';

/** The registries that the embedded one can behave like. */
export const profileNames = [
  'ghcr',
  'ecr',
  'gar',
  'acr',
  'docker-hub',
  'quay',
  'gitlab',
  'artifactory',
  'harbor',
  'distribution',
  'olareg',
] as const;

export type ProfileName = (typeof profileNames)[number];

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  ghcr,
  ecr,
  gar,
  acr,
  'docker-hub': dockerHub,
  quay,
  gitlab,
  artifactory,
  harbor,
  distribution,
  olareg,
};
