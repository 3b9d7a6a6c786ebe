// Half of the 1 MB that GitHub counts in UTF-16 for all outputs of a job together.
const largest = 250_000;

/** True of text that leaves room for the other outputs of its job. */
export const fitsOutput = (text: string): boolean => text.length <= largest;
