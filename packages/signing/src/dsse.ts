/** The bytes that the signature in an envelope is of. https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md#signature-definition */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head), payload]);
}
