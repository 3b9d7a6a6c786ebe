import { createPublicKey, type KeyObject, sign } from 'node:crypto';

const day = 24 * 60 * 60 * 1000;

/** A certificate that an elliptic-curve key signs for itself, for two days around now: X.509 v1 in DER (RFC 5280, section 4.1). */
export function selfSigned(key: KeyObject, commonName: string): Buffer {
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))));
  const validity = sequence(utcTime(Date.now() - day), utcTime(Date.now() + day));
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const signed = sequence(serial, ecdsaWithSha256, name, validity, name, spki);
  const signature = sign('sha256', signed, key);
  return sequence(signed, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
}

/** The same as text. */
export const pemOf = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.byteLength)]), content]);
}

/** In as few bytes as can be: DER allows no other form. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const utcTime = (milliseconds: number): Buffer => {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
};

const serial = der(0x02, Buffer.from([1]));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
