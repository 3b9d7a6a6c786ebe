// A later step gets an output as one variable, and Linux takes none above 128 KiB, its name included. Under this the
// outputs of a job stay below the 1 MB that GitHub counts for them in UTF-16, too.
const largest = 120_000;

/** True of text that a later step can get as an input. */
export const fitsOutput = (text: string): boolean => Buffer.byteLength(text) <= largest;
