/** An expression for the runner, e.g. for a default that the workflow's context fills. */
export const expression = (text: string): string => `\${{ ${text} }}`;
