import { runAction } from '@oci-matrix/github';
import { contract } from './contract.ts';
import { run } from './run.ts';

await runAction(contract, run);
