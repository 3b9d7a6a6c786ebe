import { testColumn } from './test-column.ts';

testColumn('PUT commit');
