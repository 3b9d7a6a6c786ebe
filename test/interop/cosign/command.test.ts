import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { act, checkout, folderWith } from '../../actions/act.ts';
import { publish } from '../publish.ts';
import { openStage } from '../stage.ts';
import { testWith } from '../test-with.ts';
import { amd64, arm64 } from '../theirs.ts';
import { makePair } from './keys.ts';

const run = promisify(execFile);

// The registry is on this machine, and the public instance is not to be had here.
const offline = '--allow-http-registry --private-infrastructure=true';

for (const server of ['docker-registry', 'olareg'] as const) {
  for (const format of ['bundle', 'legacy']) {
    testWith(
      [server, 'cosign'],
      `the command that the action prints verifies a ${format}`,
      async () => {
        await using stage = await openStage(server);
        const { descriptor } = await publish(stage.app, [amd64, arm64]);
        const { key } = makePair('P-256');

        const { outputs } = await act('sign-manifest', {
          with: {
            image: stage.app.image,
            digest: descriptor.digest,
            key,
            format,
            recursive: 'true',
          },
        });

        const commands = outputs['verify-command']?.split('\n') ?? [];
        await using folder = await folderWith({ 'cosign.pub': outputs['public-key'] ?? '' });
        const options = {
          cwd: folder.path,
          env: { HOME: folder.path, PATH: `${join(checkout, '.cache/tools')}:${process.env.PATH}` },
        };
        expect(commands).toHaveLength(3);
        for (const command of commands) {
          const { stdout } = await run('bash', ['-c', `${command} ${offline}`], options);
          expect(stdout).toContain(command.slice(command.indexOf('@') + 1));
        }
      },
    );
  }
}
