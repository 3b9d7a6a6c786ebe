import type { ProfileName } from '@oci-matrix/testing';

/** What the names of the profiles stand for. A name that is missing here does not compile. */
export const profiles: Readonly<Record<ProfileName, string>> = {
  ghcr: 'GitHub: ghcr.io',
  ecr: 'Amazon Elastic Container Registry',
  gar: 'Google Artifact Registry',
  acr: 'Azure Container Registry',
  'docker-hub': 'Docker Hub',
  quay: 'Quay',
  gitlab: 'GitLab',
  artifactory: 'JFrog Artifactory',
  harbor: 'Harbor',
  distribution: 'distribution, also known as docker-registry',
  olareg: 'olareg',
};

export const isProfile = (text: string): text is ProfileName => Object.hasOwn(profiles, text);
