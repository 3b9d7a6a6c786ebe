import type { Pool } from '../transport/exchange.ts';

// What is sent in about the time of a round trip takes no turn among bodies that take long.
const quickSize = 2 * 1024 * 1024;

/** The queue for a body of so many bytes. */
export const poolFor = (size: number): Pool => (size > quickSize ? 'uploads' : 'metadata');
