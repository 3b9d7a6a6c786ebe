import { clientSuiteOf } from './client-suite.ts';

// It refuses what is incomplete without a word of what is missing.
await clientSuiteOf('olareg', { missingBlob: 'refused', missingChild: 'refused' });
