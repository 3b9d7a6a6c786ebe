import { aggregate, parseRecord, pushImage, updateIndex } from '@oci-matrix/core';
import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, isDigest, mediaTypes } from '@oci-matrix/oci';
import type { Verbs } from './release.ts';
import { realVerbs } from './simulate.ts';

/** Moves the tags before anything is checked. */
export const tagsFirst: Verbs = {
  ...realVerbs,
  async updateIndex(options) {
    if (options.dryRun !== true) {
      const { repository, tags } = options;
      const { bytes } = await updateIndex({ ...options, dryRun: true });
      await repository.manifests.push(bytes, mediaTypes.imageIndex, { tags });
    }
    return updateIndex(options);
  },
  async pushImage(options) {
    const { repository, plan, tags = [] } = options;
    const root = plan.manifests.at(-1);
    if (tags.length > 0 && root !== undefined) {
      await repository.manifests.push(root.bytes, root.descriptor.mediaType, { tags });
    }
    return pushImage(options);
  },
};

/** Takes of each leg the first attempt that is there. */
export const oldAttempts: Verbs = {
  ...realVerbs,
  aggregate(options) {
    const read = options.carried.map((each) => ({
      each,
      record: parseRecord(each.text, each.artifact),
    }));
    const isOldest = ({ record }: (typeof read)[number]): boolean =>
      read.every(({ record: { group, leg, run } }) => {
        const isSame = group === record.group && leg === record.leg;
        return !isSame || run.attempt >= record.run.attempt;
      });
    return aggregate({ ...options, carried: read.filter(isOldest).map(({ each }) => each) });
  },
};

/** Believes that what the legs say they pushed is there. */
export const uncheckedChildren: Verbs = {
  ...realVerbs,
  updateIndex(options) {
    const { records } = options.records ?? { records: [] };
    const pushed = records.flatMap(({ descriptor }) => descriptor ?? []);
    return updateIndex({ ...options, repository: believing(options.repository, pushed) });
  },
};

const believing = (repository: Repository, pushed: readonly Descriptor[]): Repository => ({
  ...repository,
  manifests: {
    ...repository.manifests,
    resolve: async (reference, options) =>
      pushed.find(({ digest }) => digest === reference && isDigest(reference)) ??
      repository.manifests.resolve(reference, options),
  },
});

/** Is content once it has written, and does not look whether what it wrote has lasted. */
export const unverified: Verbs = {
  ...realVerbs,
  async updateIndex(options) {
    if (options.concurrent === undefined || options.dryRun === true) return updateIndex(options);
    const foreseen = await updateIndex({ ...options, dryRun: true });
    const { promise: written, resolve } = Promise.withResolvers<void>();
    const repository = telling(options.repository, options.tags[0] ?? '', resolve);
    const whole = updateIndex({ ...options, repository });
    return Promise.race([whole, written.then(() => foreseen)]);
  },
};

const telling = (repository: Repository, tag: string, written: () => void): Repository => ({
  ...repository,
  manifests: {
    ...repository.manifests,
    async push(bytes, mediaType, options) {
      const descriptor = await repository.manifests.push(bytes, mediaType, options);
      if ([options?.tag, ...(options?.tags ?? [])].includes(tag)) written();
      return descriptor;
    },
  },
});

/** Writes its own entries alone. */
export const othersDropped: Verbs = {
  ...realVerbs,
  updateIndex: ({ concurrent: _, ...options }) => updateIndex({ ...options, mode: 'replace' }),
};

/** Writes in a dry run, too. */
export const wetDryRun: Verbs = {
  ...realVerbs,
  updateIndex: (options) => updateIndex({ ...options, dryRun: false }),
};

/** Takes every answer that is none for "not there". */
export const failureIsAbsence: Verbs = {
  ...realVerbs,
  updateIndex: (options) => updateIndex({ ...options, repository: credulous(options.repository) }),
};

const credulous = (repository: Repository): Repository => ({
  ...repository,
  manifests: {
    ...repository.manifests,
    fetch: (reference, options) =>
      repository.manifests.fetch(reference, options).catch(() => undefined),
  },
});

/** Says of a repeat that it changed something, and writes all anew. */
export const alwaysNew: Verbs = {
  ...realVerbs,
  updateIndex: (options) =>
    updateIndex({
      ...options,
      annotations: [{ level: 'index', key: 'at', value: `${options.clock?.now()}` }],
    }),
};
