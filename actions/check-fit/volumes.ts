import type { Volume, Volumes } from '@oci-matrix/core';
import { InputError, type Inputs } from '@oci-matrix/github';
import type { contract } from './contract.ts';

/** The disks of the device: one, or a second one for Docker, of which all three numbers are there. */
export function volumesOf(inputs: Inputs<typeof contract>): Volumes {
  const { blockSize, blocks, blocksFree: free, inodesFree } = inputs;
  return { store: { blockSize, blocks, free, inodesFree }, docker: dockerOf(inputs) };
}

function dockerOf(inputs: Inputs<typeof contract>): Volume | undefined {
  const given = {
    'docker-block-size': inputs.dockerBlockSize,
    'docker-blocks': inputs.dockerBlocks,
    'docker-blocks-free': inputs.dockerBlocksFree,
  };
  const { dockerBlockSize: blockSize, dockerBlocks: blocks, dockerBlocksFree: free } = inputs;
  if (blockSize !== undefined && blocks !== undefined && free !== undefined) {
    return { blockSize, blocks, free, inodesFree: inputs.dockerInodesFree };
  }
  const absent = Object.entries(given).filter(([, value]) => value === undefined);
  const inodes = inputs.dockerInodesFree;
  if (absent.length === Object.keys(given).length && inodes === undefined) return undefined;
  throw new InputError(
    absent.map(([input]) => ({
      input,
      reason: 'is missing, and other numbers of the disk of Docker are there',
      hint: 'Give docker-block-size, docker-blocks and docker-blocks-free, or none of them where there is one disk.',
    })),
  );
}
