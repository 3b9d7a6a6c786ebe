import { createServer, type RequestListener } from 'node:http';
import { signIdToken, startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { claims, failureOf, openAt, subject } from './test-identity.ts';

const token = signIdToken(claims);

/** A server of the test's own. */
async function serve(listener: RequestListener): Promise<AsyncDisposable & { readonly url: URL }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Everything that an error would show, its causes included. */
const shown = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.stack} ${JSON.stringify(error)} ${shown(error.cause)}`
    : String(error);

test('what a service repeats of the token is cut out', async () => {
  await using sigstore = await startSigstore();
  await using echo = await serve(async (request, response) => {
    const body = (await request.toArray()).join('');
    response.writeHead(400).end(`\u001b[31m bad request:\r\n${body}`);
  });
  const signer = await openAt({ ...sigstore, fulcioUrl: echo.url.origin }, { token });

  const failure = await failureOf(signer.bundle(subject));

  expect(failure).toMatchObject({
    code: 'FULCIO',
    message: expect.stringContaining('bad request: {"credentials":{"oidcIdentityToken":"***"}'),
  });
  expect(shown(failure)).not.toContain(token.slice(-40));
  expect(shown(failure)).not.toContain('\u001b');
});

test('a redirect takes the token nowhere', async () => {
  await using sigstore = await startSigstore();
  let asked = 0;
  await using elsewhere = await serve((_, response) => {
    asked += 1;
    response.end();
  });
  await using redirecting = await serve((_, response) => {
    response.writeHead(307, { location: `${elsewhere.url}` }).end();
  });
  const signer = await openAt({ ...sigstore, fulcioUrl: redirecting.url.origin }, { token });

  const failure = await failureOf(signer.bundle(subject));

  expect(failure).toMatchObject({
    code: 'FULCIO',
    message: `Fulcio at ${redirecting.url.host} answered with 307`,
  });
  expect(asked).toBe(0);
});

test('an answer without an end is cut off', async () => {
  await using sigstore = await startSigstore();
  await using endless = await serve((_, response) => {
    const part = Buffer.alloc(256 * 1024, 0x20);
    const more = (): void => {
      while (!response.destroyed && response.write(part)) {}
    };
    response.on('drain', more);
    more();
  });
  const signer = await openAt({ ...sigstore, rekorUrl: endless.url.origin }, { token });

  const failure = await failureOf(signer.bundle(subject));

  expect(failure).toMatchObject({
    code: 'REKOR',
    message: `Rekor at ${endless.url.host} answered with more than 1048576 bytes`,
  });
});
