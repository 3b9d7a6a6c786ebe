import { testColumn } from './test-column.ts';

testColumn('PATCH chunk');
