import { resolve } from 'node:path';
import { DefaultArtifactClient } from '../../../dist/chunks/actions-artifact.js';

const { INPUT_NAME: name, INPUT_PATH: path } = process.env;
await new DefaultArtifactClient().uploadArtifact(name, [resolve(path)], process.cwd());
