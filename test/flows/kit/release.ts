/** What may differ from release to release. */
export interface ReleaseOptions {
  /** The strategy's matrix, which names `app` and `arch` in every leg. */
  readonly matrix?: string;
  /** What a leg builds, for `echo`. */
  readonly content?: string;
  /** More lines of the `with:` of push-manifest. */
  readonly push?: readonly string[];
  /** Steps between the build and the push, each on one line. */
  readonly before?: readonly string[];
  /** Steps behind the push. */
  readonly after?: readonly string[];
  /** More keys of the job with the legs, each on one line. */
  readonly job?: readonly string[];
  /** When the index is published. */
  readonly condition?: string;
  /** Steps before the index is published. */
  readonly prepare?: readonly string[];
  /** More lines of the `with:` of publish. */
  readonly publish?: readonly string[];
}

/** Four legs with a disk image each, and a job that publishes them under `v1` in the index of `vars.IMAGE`. */
export const release = ({
  matrix = '{ app: [a, b], arch: [amd64, arm64] }',
  content = `\${{ matrix.app }} for \${{ matrix.arch }}`,
  push = [],
  before = [],
  after = [],
  job = [],
  condition = '!cancelled()',
  prepare = [],
  publish = [],
}: ReleaseOptions = {}): string => `
on: workflow_dispatch
jobs:
  build:
    strategy: { fail-fast: false, matrix: ${matrix} }
    runs-on: ubuntu-24.04
${lines(4, job)}
    steps:
      - run: echo "${content}" > disk.img
${lines(6, before.map(item))}
      - id: push
        uses: oci-matrix/oci-matrix/actions/push-manifest@v1
        with:
          image: \${{ vars.IMAGE }}
          files: disk.img:application/vnd.acme.disk
          artifact-type: application/vnd.acme.image
          platform: linux/\${{ matrix.arch }}
          annotations: manifest-descriptor:app=\${{ matrix.app }}
${lines(10, push)}
${lines(6, after.map(item))}
  publish:
    needs: build
    if: \${{ ${condition} }}
    runs-on: ubuntu-24.04
    outputs: { digest: '\${{ steps.publish.outputs.digest }}' }
    steps:
${lines(6, prepare.map(item))}
      - id: publish
        uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: v1
          identity: "platform\\nannotations.app"
${lines(10, publish)}
`;

const item = (step: string): string => `- ${step}`;

const lines = (indent: number, texts: readonly string[]): string =>
  texts.map((text) => `${' '.repeat(indent)}${text}`).join('\n');
