import { defaultIdentity, type ImagePlan, pushImage, updateIndex } from '@oci-matrix/core';
import type { Repository } from '@oci-matrix/distribution';
import type { Platform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { amd64, arm64, newImage } from './content.ts';
import { expectSoon } from './expectations.ts';
import { recordsOf } from './records.ts';
import { openSession, type Session, writesIn } from './session.ts';
import type { Target } from './target.ts';

const riscv64: Platform = { os: 'linux', architecture: 'riscv64' };

/** What the fan-in does with the images of all legs. */
const publish = (
  { repository }: Session,
  plans: readonly ImagePlan[],
  tags: readonly string[] = ['1.0', 'latest'],
) => {
  const image = `${repository.name.registry}/${repository.name.repository}`;
  const records = recordsOf(image, plans);
  return updateIndex({ repository, records, tags, mode: 'merge', identity: defaultIdentity });
};

const pushAll = async (repository: Repository, plans: readonly ImagePlan[]): Promise<void> => {
  for (const plan of plans) await pushImage({ repository, plan });
};

/** What the fan-in does: one index of what all legs pushed. */
export function indexCases(target: Target): void {
  test('an index of three platforms is published under its tags, and again without a write', async () => {
    await using session = openSession(target);
    await using later = openSession(target, { repository: session.repository.name.repository });
    const plans = [amd64, arm64, riscv64].map((platform) => newImage({ platform }));
    await pushAll(session.repository, plans);

    const published = await publish(session, plans);

    const { digest } = published.descriptor;
    const { manifests } = later.repository;
    for (const tag of ['1.0', 'latest']) {
      await expectSoon(target, async () => (await manifests.resolve(tag))?.digest, digest);
    }
    later.traffic();
    const again = await publish(later, [...plans].reverse());
    expect(again).toMatchObject({ changed: false, descriptor: { digest } });
    expect(writesIn(later.traffic())).toEqual([]);
  });

  test('a platform that is built anew takes the place of the old one, unless tags are immutable', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const [old, kept] = [newImage(), newImage({ platform: arm64 })];
    await pushAll(session.repository, [old, kept]);
    const first = await publish(session, [old, kept], ['1.0']);
    const readTag = async () => (await manifests.resolve('1.0'))?.digest;
    await expectSoon(target, readTag, first.descriptor.digest);
    const fresh = newImage();
    await pushAll(session.repository, [fresh]);

    const second = publish(session, [fresh], ['1.0']);

    if (target.claims.tags === 'move') {
      const { descriptor, entries } = await second;
      expect(entries.map(({ digest }) => digest)).toEqual([fresh.root.digest, kept.root.digest]);
      await expectSoon(target, readTag, descriptor.digest);
    } else {
      await expect(second).rejects.toMatchObject({ code: 'TAG_IMMUTABLE' });
      await expectSoon(target, readTag, first.descriptor.digest);
    }
  });
}
