import { OciError } from './error.ts';
import { shown } from './shown.ts';

/** A document that is no image manifest or image index; says where, by JSON path. */
export class InvalidManifestError extends OciError {
  override readonly name = 'InvalidManifestError';
  readonly code = 'INVALID_MANIFEST';
  readonly path: string;

  constructor(path: string, value: unknown, reason: string) {
    super(`not a valid manifest: ${path} ${reason}: ${shown(value)}`, {
      hint: 'Push it again with the tool that made it, or name another manifest.',
    });
    this.path = path;
  }
}
