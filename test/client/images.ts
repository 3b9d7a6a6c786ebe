import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  blobsFromFiles,
  type FileInput,
  type ImagePlan,
  planArtifact,
  pushBlobs,
  pushImage,
} from '@oci-matrix/core';
import { canonicalBytes, mediaTypes } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { amd64, blobOf, newBlob, newImage, read } from './content.ts';
import { expectSoon } from './expectations.ts';
import { openSession, writesIn } from './session.ts';
import type { Target } from './target.ts';

/** A container image of files: two layers of one content, which are one blob, and a third. */
async function imageOfFiles(folder: string): Promise<ImagePlan> {
  const [same, other] = [randomUUID(), randomUUID()];
  const files: FileInput[] = [];
  for (const [name, content] of Object.entries({ a: same, b: same, c: other })) {
    const path = join(folder, name);
    await writeFile(path, content);
    files.push({ path, mediaType: mediaTypes.imageLayer });
  }
  const blobs = await blobsFromFiles({ files, mediaTypes: new Map() });
  const diffs = blobs.map(({ descriptor }) => descriptor.digest);
  const configBytes = canonicalBytes({ ...amd64, rootfs: { type: 'layers', diff_ids: diffs } });
  const config = blobOf(configBytes, mediaTypes.imageConfig);
  return planArtifact({ blobs, present: [], config, configBytes });
}

/** What the legs do: images of files, pushed once and once more. */
export function imageCases(target: Target): void {
  test('an image of files is pushed with its tags, and every blob of it once', async () => {
    await using folder = await temporaryDirectory('client');
    await using session = openSession(target);
    const { repository } = session;
    const plan = await imageOfFiles(folder.path);

    const pushed = await pushImage({ repository, plan, tags: ['1.0', '1'] });

    const outcomes = pushed.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['uploaded', 'uploaded', 'uploaded']);
    for (const tag of ['1.0', '1']) {
      await expectSoon(
        target,
        async () => (await repository.manifests.resolve(tag))?.digest,
        plan.root.digest,
      );
    }
    for (const { descriptor } of plan.blobs) {
      expect((await read(repository, descriptor)).byteLength).toBe(descriptor.size);
    }
  });

  test('an image that is there is not pushed again', async () => {
    await using session = openSession(target);
    await using later = openSession(target, { repository: session.repository.name.repository });
    const plan = newImage();
    await pushImage({ repository: session.repository, plan, tags: ['1.0'] });
    const { manifests } = later.repository;
    await expectSoon(
      target,
      async () => (await manifests.resolve('1.0'))?.digest,
      plan.root.digest,
    );
    later.traffic();

    const pushed = await pushImage({ repository: later.repository, plan, tags: ['1.0'] });

    expect(pushed.map(({ outcome }) => outcome)).toEqual(['present', 'present']);
    expect(writesIn(later.traffic())).toEqual([]);
  });

  test('of large blobs those travel that are not there', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const old = [300_000, 400_000, 500_000].map((size) => newBlob(size));
    const fresh = newBlob(300_000);
    await pushBlobs({ repository, blobs: old });
    session.traffic();

    const pushed = await pushBlobs({ repository, blobs: [fresh, ...old, fresh] });

    const uploaded = pushed.filter(({ outcome }) => outcome === 'uploaded');
    expect(uploaded.map(({ descriptor }) => descriptor)).toEqual([fresh.descriptor]);
    expect(session.traffic().bytesSent).toBe(300_000);
  });
}
