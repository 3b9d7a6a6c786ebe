import { createHash } from 'node:crypto';
import type { IssuedToken } from './identity.ts';
import type { ResultsService } from './service.ts';

/** What the methods answer, each a part of it. */
export interface TwirpAnswer {
  readonly code?: string;
  readonly msg?: string;
  readonly signed_upload_url?: string;
  readonly signed_url?: string;
  readonly artifact_id?: string;
  readonly artifacts?: readonly { readonly name: string; readonly database_id: string }[];
}

/** Speaks to the service as the artifact client does. */
export const protocolClient = (service: ResultsService, job: IssuedToken) => {
  const call = async (method: string, body: Record<string, unknown> = {}, token = job.token) => {
    const response = await fetch(
      `${service.url}twirp/github.actions.results.api.v1.ArtifactService/${method}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          workflow_run_backend_id: job.run,
          workflow_job_run_backend_id: job.job,
          ...body,
        }),
      },
    );
    const answer: TwirpAnswer = JSON.parse(await response.text());
    return { status: response.status, ...answer };
  };
  const put = (url: string, query: string, body: string) =>
    fetch(`${url}&${query}`, { method: 'PUT', body });
  const upload = async (name: string, blocks: readonly string[] = ['content']) => {
    const { signed_upload_url: url = '' } = await call('CreateArtifact', { name, version: 7 });
    // The last block first: the list decides the order, not the arrival.
    for (const [index, block] of [...blocks.entries()].reverse()) {
      await put(url, `comp=block&blockid=${index}`, block);
    }
    const ids = blocks.map((_, index) => `<Latest>${index}</Latest>`).join('');
    await put(url, 'comp=blocklist', `<?xml version="1.0"?><BlockList>${ids}</BlockList>`);
    const content = blocks.join('');
    const hash = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    return call('FinalizeArtifact', { name, size: String(content.length), hash });
  };
  const names = async (body = {}) =>
    (await call('ListArtifacts', body)).artifacts?.map(({ name }) => name);
  return { call, put, upload, names };
};
