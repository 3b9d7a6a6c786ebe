import { testColumn } from './test-column.ts';

testColumn('GET status');
