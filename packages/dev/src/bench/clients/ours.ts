import { join } from 'node:path';
import {
  type ActionEnvironment,
  actionEnvironment,
  type ResultsService,
  startResultsService,
} from '@oci-matrix/testing';
import { type Command, childEnvironment } from '../command.ts';
import { artifactType, fileType, type LegFiles } from '../leg-files.ts';
import { checkout, ownVersion } from '../versions.ts';
import { actionDefaults } from './action-defaults.ts';
import { type Client, nameOf } from './client.ts';
import { writeRecords } from './records.ts';

type Inputs = Readonly<Record<string, string>>;

/** The built actions, each in a process of its own with what GitHub's runner would give it. */
export interface OurClient extends Client, AsyncDisposable {}

export async function openOurs(home: string): Promise<OurClient> {
  const service = await startResultsService();
  const opened = new AsyncDisposableStack();
  opened.use(service);
  const legs = new Map<LegFiles, ActionEnvironment>();
  const step = async (action: string, given: Inputs): Promise<Step> => {
    const environment = opened.use(await openStep(service, action, given));
    return { environment, command: commandOf(action, environment, home) };
  };
  return {
    name: 'ours',
    version: ownVersion(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
    pushImage: async ({ folder }, to, from) => {
      const given = { image: nameOf(to), source: `oci:${folder}`, ...mountFrom(from) };
      return (await step('push-manifest', { ...given, ...onlyLeg })).command;
    },
    pushFiles: async (leg, to) => {
      const { environment, command } = await step('push-manifest', legInputs(leg, nameOf(to)));
      legs.set(leg, environment);
      return { ...command, directory: leg.folder };
    },
    pushIndex: async (pushed, to) => {
      const environments = pushed.map((leg) => legs.get(leg)).filter((each) => each !== undefined);
      const given = { image: nameOf(to), tags: 'latest', identity: 'annotations.flavor' };
      const file = join(home, 'records.json');
      await writeRecords(file, environments);
      return (await step('update-index', { ...given, 'records-file': file })).command;
    },
    pushBlob: async ({ path }, to) =>
      (await step('push-blobs', { image: nameOf(to), files: `${path}:${fileType}` })).command,
  };
}

interface Step {
  readonly environment: ActionEnvironment;
  readonly command: Command;
}

const openStep = (service: ResultsService, action: string, given: Inputs) =>
  actionEnvironment({ service, with: { ...actionDefaults(action), ...given } });

function commandOf(action: string, { variables, workspace }: ActionEnvironment, home: string) {
  return {
    program: process.execPath,
    words: [join(checkout, 'dist', `${action}.js`)],
    directory: workspace,
    environment: { ...variables, ...childEnvironment(home) },
  };
}

// By the output alone: the artifact service, which no peer talks to, stays out of the measurement.
const anyLeg = { record: 'output', 'run-attempt': '1', 'check-run-id': '' };
const onlyLeg = { ...anyLeg, 'leg-index': '0', 'leg-total': '1', matrix: 'null' };

const legInputs = ({ name, position, total, files }: LegFiles, image: string): Inputs => ({
  ...anyLeg,
  image,
  files: files.map((file) => `${file}:${fileType}`).join('\n'),
  'artifact-type': artifactType,
  annotations: `manifest-descriptor:flavor=${name}`,
  'leg-index': String(position),
  'leg-total': String(total),
  matrix: JSON.stringify({ leg: name }),
});

/** Tells the action of a repository that has the blobs, once it has an input for that. */
const mountFrom = (from: string | undefined): Inputs =>
  from !== undefined && 'mount-from' in actionDefaults('push-manifest')
    ? { 'mount-from': from }
    : {};
