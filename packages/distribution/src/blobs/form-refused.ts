import { RegistryError } from '../error/registry-error.ts';
import { isTemporary } from '../retry/temporary.ts';

/** True of a refusal that is about the form of a request: who may not push, or not now, is no better off with another one. */
export const isFormRefused = (error: unknown): error is RegistryError =>
  error instanceof RegistryError && !isTemporary(error) && ![401, 403].includes(error.status);
