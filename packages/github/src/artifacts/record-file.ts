/** The one file in a record's artifact. */
export const recordFile = 'record.json';

/** In bytes; a record has some kilobytes. */
export const largestRecord = 4 * 1024 * 1024;
