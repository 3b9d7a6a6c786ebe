import { expect, test } from 'vitest';
import { createFraming } from './request-framing.ts';

const head = 'HEAD /v2/a/blobs/x HTTP/1.1\r\nHost: r\r\n\r\n';
const put = 'PUT /v2/a/blobs/y HTTP/1.1\r\ncontent-length: 10\r\n\r\n';
const patch = 'PATCH /u HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
const chunks = '5\r\n\r\n0\r\n\r\nA;name=value\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n';
const stream = `${head}${put}0123456789${patch}${chunks}${head}`;

/** Splits the stream after every so many bytes. */
function read(step: number): { heads: string[]; bodies: string; all: string } {
  const split = createFraming();
  const bytes = Buffer.from(stream, 'latin1');
  const pieces = [];
  for (let at = 0; at < bytes.length; at += step) {
    pieces.push(...split(bytes.subarray(at, at + step)));
  }
  return {
    heads: pieces.flatMap((piece) =>
      piece.kind === 'head' ? [`${piece.head.method} ${piece.head.path}`] : [],
    ),
    bodies: pieces
      .map(({ kind, bytes }) => (kind === 'body' ? bytes.toString('latin1') : ''))
      .join(''),
    all: pieces.map(({ bytes }) => bytes.toString('latin1')).join(''),
  };
}

test.each([1, 2, 3, 7, 64, stream.length])(
  'requests are told apart, whatever the portions of %i bytes that they come in',
  (step) => {
    const { heads, bodies, all } = read(step);

    expect(heads).toEqual([
      'HEAD /v2/a/blobs/x',
      'PUT /v2/a/blobs/y',
      'PATCH /u',
      'HEAD /v2/a/blobs/x',
    ]);
    expect(bodies).toBe(`0123456789${chunks}`);
    expect(all).toBe(stream);
  },
);

test('a body is passed on before it is complete, and a head only when it is', () => {
  const split = createFraming();

  expect([...split(Buffer.from('PUT /u HTTP/1.1\r\ncontent-le'))]).toEqual([]);
  const pieces = [...split(Buffer.from('ngth: 1000000\r\n\r\nbegin'))];
  expect(pieces.map(({ bytes }) => bytes.toString())).toEqual([
    'PUT /u HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n',
    'begin',
  ]);
});

test('what is no HTTP is passed on at once', () => {
  const hello = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]);

  expect([...createFraming()(hello)]).toEqual([{ kind: 'other', bytes: hello }]);
});
