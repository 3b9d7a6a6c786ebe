import { expect, test } from 'vitest';
import { redactUrl } from './redact.ts';

test.each([
  ['https://r/v2/a/manifests/v1', 'https://r/v2/a/manifests/v1'],
  ['https://u:p@r/v2/', 'https://r/v2/'],
  ['https://r:5000/u?_state=x&digest=sha256%3Aab', 'https://r:5000/u?_state=***&digest=sha256:ab'],
  [
    'https://s3/b?X-Amz-Signature=x&sig=y&token=z#f',
    'https://s3/b?X-Amz-Signature=***&sig=***&token=***',
  ],
  ['https://r/u?mount=d&from=a%20b&n=1&last=x', 'https://r/u?mount=d&from=a b&n=1&last=x'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(new URL(url))).toBe(shown);
});
