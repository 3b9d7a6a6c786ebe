import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TemporaryDirectory, temporaryRepository } from '@oci-matrix/testing';

/** This repository. */
export const wholeCheckout = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of the built actions and the examples, with some files more: small, so that a run copies it in no time. */
export async function builtActions(
  files: Readonly<Record<string, string>> = {},
): Promise<TemporaryDirectory> {
  const checkout = await temporaryRepository(files);
  for (const part of ['action.yml', 'actions', 'dist', 'examples']) {
    await cp(join(wholeCheckout, part), join(checkout.path, part), { recursive: true });
  }
  return checkout;
}
