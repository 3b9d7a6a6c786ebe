import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { pictureOf } from '../../actions/measure-layers/picture.ts';
import { progressLog } from '../../actions/measure-layers/progress.ts';
import { writeDocument } from '../../actions/measure-layers/write-document.ts';

const MiB = 1024 ** 2;

test('a large layer tells how far it is, a few times, and every layer once that it is done', () => {
  const lines: string[] = [];
  const tell = progressLog({ info: (text) => lines.push(text) });
  const digest = digestOf('large');
  const size = 768 * MiB;

  for (let received = MiB; received <= size; received += MiB) {
    tell({ digest, state: 'reading', received, size });
  }
  tell({ digest, state: 'measured', received: size, size });
  tell({ digest: digestOf('small'), state: 'known', received: 0, size: 10 });

  expect(lines).toEqual([
    `reading ${digest}: 256.0 MiB of 768.0 MiB`,
    `reading ${digest}: 512.0 MiB of 768.0 MiB`,
    `measured ${digest} (768.0 MiB)`,
    `known ${digestOf('small')} (10 B)`,
  ]);
});

test('what an image calls its platform ends neither a label nor the picture', () => {
  const layer = { size: 1, usage: 4096, archive_size: 1, inodes: 1 };
  const largest = ['a', 'b'].map((text, place) => ({ digest: digestOf(text), place, ...layer }));
  const total = { layers: 2, size: 2, usage: 8192, archive_size: 2, inodes: 2 };

  const picture = pictureOf({ platform: 'linux/x"\n```\n<b>%%{init}', total, largest });

  expect(picture?.markup.split('\n')).toHaveLength(5);
  expect(picture?.markup).toContain('pie title On the disk, linux/x???????b????init?\n');
});

test('documents of one job do not overwrite each other, and have the name that others look for', async () => {
  await using temp = await temporaryDirectory('temp');
  const env = { RUNNER_TEMP: temp.path };

  const paths = [await writeDocument('one', env), await writeDocument('two', env)];

  expect(new Set(paths).size).toBe(2);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['one', 'two']);
  expect(paths.map((path) => basename(path))).toEqual(['layers_meta.json', 'layers_meta.json']);
});
