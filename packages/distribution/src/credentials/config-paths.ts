import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A file that credentials may be in. */
export interface ConfigPath {
  readonly path: string;
  /** `legacy` is that of Docker before 1.7: the entries are all that there is in it. */
  readonly form: 'config' | 'legacy';
}

/**
 * Docker's file goes before those of podman: https://docs.docker.com/reference/cli/docker/#configuration-files and
 * https://github.com/containers/image/blob/v5.36.0/docs/containers-auth.json.5.md
 */
export function configPaths(env: Environment, home: string): ConfigPath[] {
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
  const podman = join('containers', 'auth.json');
  const paths = [
    join(DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : []),
    ...(XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, podman)] : []),
    join(XDG_CONFIG_HOME || join(home, '.config'), podman),
  ];
  return [
    ...paths.map((path) => ({ path, form: 'config' }) as const),
    { path: join(home, '.dockercfg'), form: 'legacy' },
  ];
}
