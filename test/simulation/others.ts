import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import type { Chance } from './chance.ts';
import { repositoryName, seedForeignIndex, seedImage } from './content.ts';
import { runJob } from './job.ts';
import type { World } from './world.ts';

/** What is at the tag before anything else happens. */
export function seedBefore({ registry, story, ledger, chances: { people } }: World): Promise<void> {
  return ledger.watch('before', () => {
    const kind = people.pick(['nothing', 'index', 'index', 'image']);
    story.tell('before', `latest names: ${kind}`);
    if (kind === 'index') seedForeignIndex(registry, 'latest', drawEntries(registry, people));
    if (kind === 'image') {
      const { digest } = seedImage(registry, parsePlatform('linux/riscv64'), 'before');
      const { bytes, mediaType } = registry.manifest(repositoryName, digest) ?? {};
      if (bytes !== undefined && mediaType !== undefined) {
        registry.seedManifest(repositoryName, bytes, { tag: 'latest', mediaType });
      }
    }
  });
}

function drawEntries(registry: World['registry'], chance: Chance): Descriptor[] {
  const platforms = chance.shuffled(['linux/s390x', 'linux/ppc64le', 'linux/arm64', 'linux/386']);
  return platforms
    .slice(0, chance.whole(0, 4))
    .map((text) => seedImage(registry, parsePlatform(text), `foreign ${text}`));
}

/** Another tool that adds an entry to the index at the tag, as naive as they are, or writes its own over it. */
export async function runOtherTool(world: World, at: number, overwrites: boolean): Promise<void> {
  const { loop, registry, ledger } = world;
  await loop.sleep(at);
  const name = overwrites ? 'an overwriting tool' : 'a naive tool';
  await runJob(world, name, async (repository) => {
    const entry = await ledger.watch(name, () =>
      seedImage(registry, parsePlatform('linux/mips64le'), `theirs ${at}`),
    );
    const current = overwrites ? [] : await entriesAt(repository, 'latest');
    await loop.sleep(at % 300);
    const others = current.filter(({ digest }) => digest !== entry.digest);
    const document = {
      schemaVersion: 2,
      mediaType: mediaTypes.imageIndex,
      manifests: [...others, entry],
    };
    const bytes = Buffer.from(JSON.stringify(document, null, 2));
    await repository.manifests.push(bytes, mediaTypes.imageIndex, { tag: 'latest' });
  });
}

async function entriesAt(repository: Repository, tag: string): Promise<readonly Descriptor[]> {
  const found = await repository.manifests.fetch(tag);
  return found?.manifest.kind === 'index' ? found.manifest.index.manifests : [];
}

/**
 * A clean-up that deletes what looks unused: what no tag names, or what no tag names and no index that a tag names.
 */
export async function runCleanUp(world: World, at: number, follows: boolean): Promise<void> {
  const { loop, registry, ledger, story } = world;
  await loop.sleep(at);
  await ledger.watch('clean-up', () => {
    const used = new Set<string>();
    for (const tag of registry.tags(repositoryName)) {
      const found = registry.manifest(repositoryName, tag);
      if (found === undefined) continue;
      used.add(found.digest);
      if (follows) for (const digest of childrenOf(found.bytes)) used.add(digest);
    }
    const unused = registry.manifests(repositoryName).filter((digest) => !used.has(digest));
    for (const digest of unused) registry.deleteManifest(repositoryName, digest);
    story.tell('clean-up', `deletes ${unused.length === 0 ? 'nothing' : unused.join(' ')}`);
  });
}

const childrenOf = (bytes: Uint8Array): string[] => {
  const { manifests = [] } = JSON.parse(Buffer.from(bytes).toString());
  return manifests.map(({ digest }: Descriptor) => digest);
};
