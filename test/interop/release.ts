import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { type Run, runWorkflow } from '@oci-matrix/testing';
import { builtActions } from '../flows/kit/checkout.ts';
import { type Access, login } from './servers/server.ts';

// An archive without a file in it, which is the layer of every leg.
const archive = new Uint8Array(1024);
const rootfs = `{"type":"layers","diff_ids":["${digestOf(archive)}"]}`;

/** Two legs that push an image each, and a fan-in that makes an index of them. */
const source = `
on: workflow_dispatch
jobs:
  build:
    strategy: { matrix: { arch: [amd64, arm64] } }
    runs-on: ubuntu-24.04
    steps:
      - run: |
          head -c ${archive.byteLength} /dev/zero > layer.tar
          printf '%s' '{"os":"linux","architecture":"\${{ matrix.arch }}","rootfs":${rootfs}}' > config.json
      - uses: oci-matrix/oci-matrix/actions/push-manifest@v1
        with:
          image: \${{ vars.IMAGE }}
          files: layer.tar:${mediaTypes.imageLayer}
          config: config.json:${mediaTypes.imageConfig}
          username: \${{ vars.USERNAME }}
          password: \${{ secrets.PASSWORD }}
  publish:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - id: publish
        uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: |
            1.0
            latest
          username: \${{ vars.USERNAME }}
          password: \${{ secrets.PASSWORD }}
`;

/** Releases an image by the built actions. */
export async function release(image: string, access: Access): Promise<Run> {
  await using checkout = await builtActions({});
  const { username, password } = access === 'anonymous' ? { username: '', password: '' } : login;
  return await runWorkflow({
    ...{ checkout: checkout.path, source },
    vars: { IMAGE: image, USERNAME: username },
    secrets: { PASSWORD: password },
  });
}
