import { testColumn } from './test-column.ts';

testColumn('referrers');
