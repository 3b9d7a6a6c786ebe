// Knows rules of type=semver, and that a release that is none of a preview moves latest.
import { appendFileSync } from 'node:fs';

const { env } = process;
const linesOf = (text) => text.split('\n').filter((line) => line !== '');
const version = env.GITHUB_REF.replace(/^refs\/tags\/v/, '');
const [major, minor] = version.split('.');

const tags = linesOf(env.INPUT_TAGS).map((rule) =>
  rule
    .replace('type=semver,pattern=', '')
    .replace('{{version}}', version)
    .replace('{{major}}', major)
    .replace('{{minor}}', minor),
);
const references = linesOf(env.INPUT_IMAGES).flatMap((image) =>
  [...tags, 'latest'].map((tag) => `${image}:${tag}`),
);
const own = [
  ['org.opencontainers.image.created', new Date().toISOString()],
  ['org.opencontainers.image.revision', env.GITHUB_SHA],
  ['org.opencontainers.image.title', env.GITHUB_REPOSITORY.split('/')[1]],
  ['org.opencontainers.image.version', version],
];
const given = linesOf(env.INPUT_ANNOTATIONS).map((line) => line.split(/=(.*)/s));
const annotations = Object.entries(Object.fromEntries([...own, ...given]));
const levels = (env.DOCKER_METADATA_ANNOTATIONS_LEVELS ?? 'manifest').split(',');
const lines = levels.flatMap((level) =>
  annotations.map(([key, value]) => `${level}:${key}=${value}`),
);
const set = (name, values) =>
  appendFileSync(env.GITHUB_OUTPUT, `${name}<<END\n${values.join('\n')}\nEND\n`);
set('tags', references);
set('annotations', lines);
