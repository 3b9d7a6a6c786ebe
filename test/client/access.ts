import { staticCredentials } from '@oci-matrix/distribution';
import { expect, test } from 'vitest';
import { newBlob, newImage, read, send } from './content.ts';
import { outcomeOf } from './expectations.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

/** Who may do what. */
export function accessCases(target: Target): void {
  const { pull, push } = target.claims;
  const nobody = { credentials: async () => undefined };

  test('who has no credentials reads what is public', async () => {
    await using session = openSession(target);
    const plan = newImage();
    await send(session.repository, plan);
    const [layer] = plan.blobs;
    await using stranger = openSession(target, {
      ...nobody,
      repository: session.repository.name.repository,
    });

    const resolved = await outcomeOf(stranger.repository.manifests.resolve(plan.root.digest));

    if (pull === 'known') {
      expect(resolved).toEqual({ refused: 'NO_CREDENTIALS', status: 401 });
    } else {
      expect(resolved).toMatchObject({ value: { digest: plan.root.digest } });
      if (layer !== undefined) await read(stranger.repository, layer.descriptor);
    }
  });

  test('who has no credentials writes nothing, unless anybody may', async () => {
    await using stranger = openSession(target, nobody);
    const { descriptor, source } = newBlob();

    const outcome = await outcomeOf(stranger.repository.blobs.push(descriptor, source));

    const refused = { refused: 'NO_CREDENTIALS', status: 401 };
    expect(outcome).toEqual(push === 'known' ? refused : { value: 'uploaded' });
  });

  test('a wrong password is an error where passwords matter', async () => {
    const credential = { username: 'ada', password: 'guessed' };
    await using stranger = openSession(target, {
      credentials: staticCredentials({ registry: target.host, credential }),
    });
    const { descriptor, source } = newBlob();

    const outcome = await outcomeOf(stranger.repository.blobs.push(descriptor, source));

    if (push === 'anybody') expect(outcome).toEqual({ value: 'uploaded' });
    else
      expect(outcome).toEqual({
        refused: expect.stringMatching(/^(UNAUTHORIZED|TOKEN_REFUSED)$/),
        status: 401,
      });
  });
}
