import { artifactOf, type Content } from './content.ts';

/** What BuildKit would say of an image. */
export function provenanceOf({ descriptor: { digest } }: Content): Content {
  const statement = artifactOf('application/vnd.in-toto+json', `how ${digest} was built`);
  const { artifactType: _, ...descriptor } = statement.descriptor;
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': digest,
  };
  const platform = { os: 'unknown', architecture: 'unknown' };
  return { ...statement, descriptor: { ...descriptor, annotations, platform } };
}
