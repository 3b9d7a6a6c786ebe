import { expect, test } from 'vitest';
import { newImage, rootBytes, send } from './content.ts';
import { expectClaimed, expectSoon } from './expectations.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

/** Tags: several at once, as a list, and moved. */
export function tagCases(target: Target): void {
  const { tags: movement, multiTag } = target.claims;

  test('several tags take one request where the registry moves them together', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const plan = newImage();
    await send(session.repository, plan);
    session.traffic();
    const names = ['1.2.3', '1.2', '1', 'latest'];

    await manifests.push(rootBytes(plan), plan.root.mediaType, { tags: names });

    expect(session.traffic().requests).toEqual({ 'manifest-push': multiTag ? 1 : 5 });
    for (const name of names) {
      await expectSoon(
        target,
        async () => (await manifests.resolve(name))?.digest,
        plan.root.digest,
      );
    }
  });

  test('all tags are listed, page by page', async () => {
    await using session = openSession(target);
    const names = ['a', 'b1', 'b2', 'c', 'd.e'];
    await send(session.repository, newImage(), names);

    const list = async () => (await Array.fromAsync(session.repository.tags.list())).sort();

    await expectSoon(target, list, names);
  });

  test('a tag moves to another image, unless tags are immutable', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const [first, second] = [newImage(), newImage()];
    await send(session.repository, first, ['v1']);

    const moved = send(session.repository, second, ['v1']);

    await expectClaimed(movement === 'move', moved, 400, 409, 412);
    const { digest } = movement === 'move' ? second.root : first.root;
    await expectSoon(target, async () => (await manifests.resolve('v1'))?.digest, digest);
  });

  test('a tag takes once more what it names, unless it takes nothing more', async () => {
    await using session = openSession(target);
    const plan = newImage();
    await send(session.repository, plan, ['v1']);

    const again = send(session.repository, plan, ['v1']);

    await expectClaimed(movement !== 'stay', again, 400, 409, 412);
  });
}
