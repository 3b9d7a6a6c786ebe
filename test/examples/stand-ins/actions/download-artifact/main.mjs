import { resolve } from 'node:path';
import { DefaultArtifactClient } from '../../../dist/chunks/actions-artifact.js';

const { INPUT_NAME: name, INPUT_PATH: path } = process.env;
const client = new DefaultArtifactClient();
const { artifact } = await client.getArtifact(name);
await client.downloadArtifact(artifact.id, { path: resolve(path) });
