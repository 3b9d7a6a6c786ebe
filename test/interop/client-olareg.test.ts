import { describe, expect, test } from 'vitest';
import { newImage, send } from '../client/content.ts';
import { deleteCases } from '../client/deletes.ts';
import { refusalCases } from '../client/manifests.ts';
import { openSession } from '../client/session.ts';
import type { Target } from '../client/target.ts';
import { uploadCases } from '../client/uploads.ts';
import { clientSuiteOf } from './client-suite.ts';
import { commonTopics } from './client-topics.ts';

// It refuses what is incomplete without a word of what is missing.
await clientSuiteOf('olareg', { missingContent: 'refused' }, (name, target) => {
  describe(name, () => {
    commonTopics(target);
    for (const register of [uploadCases, refusalCases, deleteCases]) register(target);
    referrersInTurn(target);
  });
});

// Of referrers that are pushed at once it loses some, whoever pushes them.
function referrersInTurn(target: Target): void {
  test('referrers that are pushed one after the other are all listed', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const subject = await send(repository, newImage());
    const plans = Array.from({ length: 5 }, () => newImage({ more: { subject } }));

    for (const plan of plans) await send(repository, plan);

    const listed = await repository.referrers.list(subject.digest);
    expect(listed.map(({ digest }) => digest).sort()).toEqual(
      plans.map(({ root }) => root.digest).sort(),
    );
  });
}
