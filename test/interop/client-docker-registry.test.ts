import { clientSuiteOf } from './client-suite.ts';

await clientSuiteOf('docker-registry', {
  singlePost: false,
  multiTag: false,
  referrers: false,
  deleteTags: false,
});
