import { InputError } from '@oci-matrix/github';

/** Reads the sizes of blocks, with commas or white space between them, each once. Which sizes there are is for whoever measures. */
export function parseBlockSizes(text: string, input: string): readonly number[] {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  const wrong = parts.find((part) => !/^\d{1,9}$/.test(part));
  if (wrong === undefined) return [...new Set(parts.map(Number))];
  throw new InputError([
    {
      input,
      reason: `${JSON.stringify(wrong)} is no number of bytes`,
      hint: 'Write sizes of blocks in bytes, e.g. "4096,1024".',
    },
  ]);
}
