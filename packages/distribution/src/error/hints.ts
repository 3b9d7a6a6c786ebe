import { type HttpErrorCode, isSpecErrorCode, type SpecErrorCode } from './codes.ts';

const specHints: Record<SpecErrorCode, string> = {
  BLOB_UNKNOWN: 'Push the blob to this repository first.',
  BLOB_UPLOAD_INVALID: 'Run the upload again from its start.',
  BLOB_UPLOAD_UNKNOWN: 'Run the upload again from its start.',
  DIGEST_INVALID: 'Check that nothing changes the content while it is uploaded.',
  MANIFEST_BLOB_UNKNOWN: 'Push every blob and manifest that this manifest names before it.',
  MANIFEST_INVALID: 'Check that the registry takes this media type and these fields.',
  MANIFEST_UNKNOWN: 'Check the tag or the digest.',
  NAME_INVALID: 'Check the name of the repository.',
  NAME_UNKNOWN:
    'Check the name of the repository, or create it first where the registry asks for that.',
  SIZE_INVALID: 'Check that nothing changes the content while it is uploaded.',
  UNAUTHORIZED: 'Check the user name and the password or token for this registry.',
  DENIED: 'Give these credentials access to the repository.',
  UNSUPPORTED: 'Turn this operation on in the registry, or use a registry that has it.',
  TOOMANYREQUESTS: 'Wait, then run it again with less concurrency.',
};

/** What to do about a refusal, where nothing more is known than its code. */
export function refusalHint(code: SpecErrorCode | HttpErrorCode, status: number): string {
  if (isSpecErrorCode(code)) return specHints[code];
  if (status === 401) return specHints.UNAUTHORIZED;
  if (status === 403) return specHints.DENIED;
  if (status === 413)
    return 'Raise the size limit of the registry, or of the proxy in front of it.';
  if (status === 429) return specHints.TOOMANYREQUESTS;
  if (status >= 500) return "Look at the registry's status page, then run it again.";
  return 'Check that the address is that of an OCI registry.';
}
