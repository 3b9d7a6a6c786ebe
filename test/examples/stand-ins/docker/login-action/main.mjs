import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { env } = process;
const folder = env.DOCKER_CONFIG || join(env.HOME, '.docker');
const file = join(folder, 'config.json');

function configNow() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

const config = configNow();
const auth = Buffer.from(`${env.INPUT_USERNAME}:${env.INPUT_PASSWORD}`).toString('base64');
const auths = { ...config.auths, [env.INPUT_REGISTRY]: { auth } };
mkdirSync(folder, { recursive: true });
writeFileSync(file, JSON.stringify({ ...config, auths }));
