import { testColumn } from './test-column.ts';

testColumn('HEAD blob');
