import { clientSuiteOf } from './client-suite.ts';

await clientSuiteOf('distribution', { singlePost: false, multiTag: false, referrers: false });
