/** Calls the workflow with legs whose files are in the repository. */
export const calling = (more: readonly string[] = []): string => `
on: workflow_dispatch
jobs:
  publish:
    uses: oci-matrix/oci-matrix/.github/workflows/publish.yml@v1
    with:
      matrix: '{ "include": [{ "os": "linux/arm64" }, { "os": "linux/amd64", "runner": "big" }] }'
      image: \${{ vars.IMAGE }}
      tags: v1
      files: disk.img:application/vnd.acme.disk
      artifact-type: application/vnd.acme.image
      platform-key: os
${more.map((line) => `      ${line}`).join('\n')}
  report:
    needs: publish
    runs-on: ubuntu-24.04
    env: { JSON: '\${{ needs.publish.outputs.json }}' }
    steps:
      - run: echo "$JSON"
`;

/** What those legs push. */
export const callFiles = { 'disk.img': 'a disk' };
