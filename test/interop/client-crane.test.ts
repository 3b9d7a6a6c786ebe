import { clientSuiteOf } from './client-suite.ts';

await clientSuiteOf('crane', {
  mount: false,
  multiTag: false,
  referrers: false,
  sha512: false,
  missingBlob: 'taken',
  missingChild: 'refused',
  absentBlobDeletes: 'broken',
});
