import { expect, test } from 'vitest';
import { readPaxRecords, readTarHeader } from './tar-header.ts';
import { tarHeader } from './test-kit/tar.ts';

test('pax records may have spaces, equals signs, line ends and bytes of no encoding', () => {
  const bytes = Buffer.from('11 a=b c=d\n8 é=\xe4\n\n\n12 path= x\n\n', 'latin1');

  expect([...readPaxRecords(bytes, 'latin1')]).toEqual([
    ['a', 'b c=d'],
    ['é', '\xe4\n\n'],
    ['path', ' x\n'],
  ]);
});

test.each([
  ['a length beyond the end', '99 a=b\n'],
  ['a length that is none', 'x a=b\n'],
  ['a length in hexadecimal', '0x7 a=b\n'],
  ['a negative length', '-6 a=b\n'],
  ['a length of nothing', '0 a=b\n'],
  ['no equals sign', '5 ab\n'],
  ['no line end', '6 a=bc'],
  ['an equals sign of the next record', '4 a\n6 b=c\n'],
  ['no space', '12345'],
])('a pax header is damaged by %s', (_, text) => {
  expect(() => readPaxRecords(Buffer.from(text))).toThrow('a pax header is damaged');
});

test('the times of old GNU tar are no part of a name', () => {
  const header = tarHeader({ name: 'file', size: 0, prefix: '14000000000' });
  header.write('ustar  \0', 257, 'latin1');
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);

  expect(readTarHeader(header)?.name).toBe('file');
});

test('a name in another encoding keeps its bytes', () => {
  const header = tarHeader({ name: 'xx', size: 0 });
  header.writeUInt8(0xe4, 0);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);

  expect(readTarHeader(header, 'latin1')?.name).toBe('\xe4x');
});
