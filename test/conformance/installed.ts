import { afterAll, describe, test } from 'vitest';
import { type ServerName, startServer } from '../interop/servers/start-server.ts';
import { versionOf } from '../interop/tools.ts';

/**
 * Registers tests of a registry of other people, which runs for as long as they do. Where it is not installed, a test
 * that is skipped says so.
 */
export async function withInstalled(
  name: ServerName,
  register: (title: string, url: string) => void,
): Promise<void> {
  const version = versionOf(name);
  if (version === undefined) {
    test.skip(`${name}: it is not installed`, () => undefined);
    return;
  }
  const server = await startServer(name);
  afterAll(() => server[Symbol.asyncDispose]());
  const title = `${name} ${version}`;
  describe(title, () => register(title, `http://${server.host}`));
}
