// Parameters of the protocol itself; everything else may be a signature or the state of a session.
const shown = new Set([
  'artifactType',
  'digest',
  'from',
  'last',
  'mount',
  'n',
  'scope',
  'service',
  'tag',
]);

/** A URL as it may be logged: no credentials, and no value of a parameter that we do not know. */
export function redactUrl(url: URL): string {
  const parameters = [...url.searchParams].map(
    ([name, value]) => `${encodeURIComponent(name)}=${shown.has(name) ? value : '***'}`,
  );
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return `${url.protocol}//${url.host}${url.pathname}${query}`;
}
