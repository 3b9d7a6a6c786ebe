import { digestOf, formatPlatform, mediaTypes } from '@oci-matrix/oci';
import { type Registry, type Run, startRegistry, temporaryRepository } from '@oci-matrix/testing';
import { publishedAt } from '../flows/kit/published.ts';
import { repository, runOn } from '../flows/kit/run.ts';

type Profile = Parameters<typeof startRegistry>[0] & object;

/** A registry with the one repository that a release needs, where a push does not make it. */
export const startFor = (options: Profile): Promise<Registry> =>
  startRegistry({ ...options, repositories: [repository] });

// An archive with no file in it, which every leg has: the same blob comes from all of them at once.
const layer = `head -c 1024 /dev/zero > layer.tar`;
const diffId = digestOf(new Uint8Array(1024));
const config = `{"os":"linux","architecture":"\${{ matrix.arch }}","rootfs":{"type":"layers","diff_ids":["${diffId}"]}}`;

/** Three legs that push a container image each, logged in by the Docker config, and a fan-in that is told its login. */
const source = `
on: workflow_dispatch
jobs:
  build:
    strategy: { matrix: { arch: [amd64, arm64, riscv64] } }
    runs-on: ubuntu-24.04
    env: { DOCKER_CONFIG: '\${{ vars.DOCKER_CONFIG }}' }
    steps:
      - run: |
          ${layer}
          printf '%s' '${config}' > config.json
      - uses: oci-matrix/oci-matrix/actions/push-manifest@v1
        with:
          image: \${{ vars.IMAGE }}
          files: layer.tar:${mediaTypes.imageLayer}
          config: config.json:${mediaTypes.imageConfig}
  publish:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: |
            v1
            latest
          username: \${{ vars.USERNAME }}
          password: \${{ secrets.PASSWORD }}
`;

/** Releases the image, as the legs and the fan-in of a matrix do. */
export async function releaseOn({ auth, host }: Registry): Promise<Run> {
  const { username, password } = auth.kind === 'none' ? { username: '', password: '' } : auth;
  const login = Buffer.from(`${username}:${password}`).toString('base64');
  const auths = auth.kind === 'none' ? {} : { [host]: { auth: login } };
  await using folder = await temporaryRepository({ 'config.json': JSON.stringify({ auths }) });
  return await runOn({ host }, source, {
    vars: { DOCKER_CONFIG: folder.path, USERNAME: username },
    secrets: { PASSWORD: password },
  });
}

/** The platforms of the index that a tag names. */
export const platformsAt = (registry: Registry, tag: string): string[] =>
  publishedAt(registry, repository, tag)?.index.manifests.map(({ platform }) =>
    platform === undefined ? 'none' : formatPlatform(platform),
  ) ?? [];

/** The requests that wrote, since the last `clearRequests`. */
export const writesAt = (registry: Registry): string[] =>
  registry
    .requests()
    .filter(({ method, path }) => !/^(GET|HEAD)$/.test(method) && path !== '/token')
    .map(({ method, path, status }) => `${method} ${path} ${status}`);

/** What a run complained of. */
export const complaintsOf = (run: Run): string[] =>
  run.annotations().map(({ title, message }) => `${title}: ${message}`);
