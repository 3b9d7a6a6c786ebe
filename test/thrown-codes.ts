/** The codes of errors that a source mentions, and the classes that have them. */
export interface ThrownCode {
  readonly code: string;
  readonly thrownAs: string;
}

/** Finds `new XError('CODE', …)`, and the codes that a class below `OciError` declares. */
export function thrownCodes(source: string): ThrownCode[] {
  const thrown = [...source.matchAll(/\bnew (\w+Error)\(\s*'([A-Z][A-Z_]+)'/g)];
  const declared = [...source.matchAll(/class (\w+Error) extends OciError \{([\s\S]*?)\n\}/g)];
  return [
    ...thrown.map(([, thrownAs = '', code = '']) => ({ code, thrownAs })),
    ...declared.flatMap(([, thrownAs = '', body = '']) => {
      const [line = ''] = /^ *readonly code\b.*$/m.exec(body) ?? [];
      return [...line.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, code = '']) => ({ code, thrownAs }));
    }),
  ];
}
