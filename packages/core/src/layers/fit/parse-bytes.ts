import { MatrixError } from '../../error.ts';

const units = ['', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Reads an amount: bytes, or with a unit behind it such as `2GiB`. Throws `INPUT_INVALID`. */
export function parseBytes(text: string, input: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,16}) ?([KMGT]iB)?$/.exec(text) ?? [];
  const bytes = Number(digits) * 1024 ** units.indexOf(unit);
  if (digits !== '' && Number.isSafeInteger(bytes)) return bytes;
  throw new MatrixError('INPUT_INVALID', `${JSON.stringify(text)} in ${input} is no amount`, {
    hint: 'Write bytes, or a whole number with KiB, MiB, GiB or TiB behind it.',
  });
}
