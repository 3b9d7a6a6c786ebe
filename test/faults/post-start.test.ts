import { testColumn } from './test-column.ts';

testColumn('POST start');
