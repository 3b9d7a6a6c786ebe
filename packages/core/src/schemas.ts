import * as z from 'zod/mini';
import { layersMetaSchema } from './layers-meta/layers-meta.ts';
import { publishedSchema } from './published.ts';
import { legRecordSchema } from './record.ts';
import { recordsSchema } from './records.ts';

const published = (schema: z.ZodMiniType, title: string): Record<string, unknown> => ({
  ...z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }),
  title,
});

/** The JSON Schemas of what we write and read, by file name in `schemas/`. */
export const schemas: Readonly<Record<string, Record<string, unknown>>> = {
  'layers-meta-v1.json': published(layersMetaSchema, 'What the layers of an image cost on a disk'),
  'leg-record-v1.json': published(legRecordSchema, 'What a leg hands over'),
  'published-v1.json': published(publishedSchema, 'What a release left behind'),
  'records-v1.json': published(recordsSchema, 'All legs of one group'),
};
