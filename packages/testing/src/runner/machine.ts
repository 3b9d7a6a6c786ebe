import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Json } from './json.ts';

/** The folders of one job, as on a machine that was started for it. */
export interface Machine extends AsyncDisposable {
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly tools: string;
  readonly eventFile: string;
}

export async function startMachine(
  directory: string,
  { repository, event, workspace }: MachineOptions,
): Promise<Machine> {
  const root = await mkdtemp(join(directory, 'job-'));
  const name = repository.split('/')[1] ?? repository;
  const machine = {
    workspace: workspace ?? join(root, 'work', name, name),
    temp: join(root, 'work', '_temp'),
    home: join(root, 'home'),
    tools: join(root, 'tools'),
    eventFile: join(root, 'work', '_temp', '_github_workflow', 'event.json'),
  };
  const { eventFile, ...folders } = machine;
  const needed = [...Object.values(folders), dirname(eventFile)];
  await Promise.all(needed.map((path) => mkdir(path, { recursive: true })));
  await writeFile(eventFile, `${JSON.stringify(event, undefined, 2)}\n`);
  return {
    ...machine,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export interface MachineOptions {
  readonly repository: string;
  readonly event: Json;
  /** A folder to work in instead of a fresh one; it is left as it is. */
  readonly workspace?: string | undefined;
}
