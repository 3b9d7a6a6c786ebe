import { OciError } from '@oci-matrix/oci';

/** A server broke the protocol, or asked for what a client must not do. */
export class ProtocolError extends OciError {
  override readonly name = 'ProtocolError';
  readonly code = 'PROTOCOL';

  constructor(message: string, cause?: unknown) {
    super(message, {
      hint: 'Check the configuration of the registry and of any proxy in front of it.',
      cause,
    });
  }
}
