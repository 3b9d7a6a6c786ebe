/** One block of PEM: its label, and its own text, without what stands around it. */
export interface PemBlock {
  readonly label: string;
  readonly text: string;
}

const block =
  /-----BEGIN (?<label>[A-Z0-9 ]{1,64})-----(?<body>[^-]*(?:-[^-]+)*)-----END \k<label>-----/g;

/** The blocks of a text. What YAML or a form did to their lines, indented ones and CRLF, is undone. https://www.rfc-editor.org/rfc/rfc7468 */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map(({ groups: { label = '', body = '' } = {} }) => {
    const lines = body
      .trim()
      .split('\n')
      .map((line) => line.trim());
    return {
      label,
      text: `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`,
    };
  });
}

/** The bytes of a block that has no headers. */
export const pemBytes = ({ text }: PemBlock): Buffer =>
  Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64');
