import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Origin of a registry that takes anonymous pushes; absent for the embedded one. */
  readonly registry: URL | undefined;
  readonly repository: string;
}

const help = `npm run demo [-- --registry URL --repository NAME]

Runs examples/garden-linux.yml in the local runner: 28 legs push, one job publishes the index.
Without --registry everything happens in the embedded registry, offline.

  --registry URL      publish to this registry, e.g. http://127.0.0.1:5000; it must take anonymous pushes
  --repository NAME   publish to this repository (gardenlinux/gardenlinux)`;

/** Reads the command line; undefined when help was asked for. Throws an error that says what is wrong. */
export function demoOptions(args: string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      registry: { type: 'string' },
      repository: { type: 'string', default: 'gardenlinux/gardenlinux' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return undefined;
  }
  return { registry: registryOf(values.registry), repository: values.repository };
}

function registryOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error(`--registry ${JSON.stringify(text)} is no address, e.g. http://127.0.0.1:5000`);
  }
  return url;
}
