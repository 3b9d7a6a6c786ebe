/** An ECDSA signature as two numbers of one size, which is what Azure Key Vault gives, in DER: https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 */
export function derOfNumbers(signature: Uint8Array): Uint8Array {
  const half = signature.byteLength / 2;
  const numbers = [signature.subarray(0, half), signature.subarray(half)];
  const content = Buffer.concat(numbers.map((number) => element(0x02, unsigned(number))));
  return element(0x30, content);
}

function unsigned(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : number.subarray(first);
  // A number whose highest bit is set would be negative.
  return (digits[0] ?? 0) < 0x80 ? digits : Buffer.concat([Uint8Array.of(0), digits]);
}

// Less than 128 bytes have a length of one byte, which is enough for P-384.
const element = (tag: number, content: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(tag, content.byteLength), content]);
