import { type Registry, type RequestRecord, startRegistry } from '@oci-matrix/testing';
import { CommandLineError, helpText, parseOptions } from './options.ts';
import { profiles } from './profiles.ts';

await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(words);
    if (options === undefined) console.log(helpText());
    else await serve(options);
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    console.error(`${error.message}\nRun it with --help to see the options.`);
    process.exitCode = 2;
  }
}

async function serve(options: Parameters<typeof startRegistry>[0]): Promise<void> {
  const registry = await startRegistry(options);
  registry.onRequest((request) => {
    console.log(lineOf(request));
    // A registry that serves for days need not remember.
    registry.clearRequests();
  });
  // A second signal finds no listener, and ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void registry.close());
  console.log(`Serving ${registry.url}`);
  if (options?.profile !== undefined) {
    console.log(`It behaves like ${profiles[options.profile]}`);
    console.log(loginLine(registry));
  }
}

function loginLine({ auth }: Registry): string {
  if (auth.kind === 'none') return 'It asks for no credentials';
  return `It asks for ${auth.kind} credentials: ${auth.username} and ${auth.password}`;
}

function lineOf({ method, path, status, duration, bytesIn, bytesOut }: RequestRecord): string {
  return `${method} ${path} ${status} ${duration.toFixed(1)} ms, ${bytesIn} bytes in, ${bytesOut} out`;
}
