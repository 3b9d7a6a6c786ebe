import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { expectBlob } from './expectations.ts';
import { pushBlob, startUpload } from './push.ts';
import { locationOf, newRepository } from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Pulling blobs" and "Checking if content exists in the registry". */
export function blobCases(target: Target): void {
  pulls(target);
  absences(target);
}

function pulls(target: Target): void {
  test('a blob that was pushed is pulled as it was, with its size and its digest', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(200_000);

    await pushBlob(repository, bytes);

    await expectBlob(repository, bytes);
  });

  test('the location of a pushed blob is a URL that pulls it', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);

    const pushed = await pushBlob(repository, bytes);

    const pulled = await repository.ask('GET', locationOf(pushed));
    expect([pulled.status, pulled.bytes]).toEqual([200, bytes]);
    expect(pushed.headers.get('docker-content-digest')).toBe(repository.digestOf(bytes));
  });

  test('a blob of no bytes is pushed and pulled', async () => {
    const repository = newRepository(target);
    const nothing = encode('');

    await pushBlob(repository, nothing);

    await expectBlob(repository, nothing);
  });

  test('a blob that is there may be pushed again', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);
    await pushBlob(repository, bytes);

    const again = await pushBlob(repository, bytes);

    expect(again.status).toBe(201);
    await expectBlob(repository, bytes);
  });
}

function absences(target: Target): void {
  test('a blob that was never pushed is a 404 to GET and HEAD', async () => {
    const repository = newRepository(target);
    await pushBlob(repository, freshBytes(10));
    const path = `blobs/${repository.digestOf(freshBytes(10))}`;

    const answers = await Promise.all(['GET', 'HEAD'].map((each) => repository.ask(each, path)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('a blob is not there before its upload has ended', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);
    const location = await startUpload(repository);
    await repository.ask('PATCH', location, {
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });

    const early = await repository.ask('GET', `blobs/${repository.digestOf(bytes)}`);

    expect(early.status).toBe(404);
  });
}
