import { homedir } from 'node:os';
import { clientLog } from './progress.ts';
import type { RunContext } from './run-context.ts';

/** What a client of a registry needs of the machine and the run, besides the inputs. */
export const clientContext = ({ env, signal, log }: RunContext) => ({
  env,
  home: homedir(),
  signal,
  onEvent: clientLog(log),
});
