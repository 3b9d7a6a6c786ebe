/** The header of RFC 7617, in UTF-8. */
export const basicHeader = (user: {
  readonly username: string;
  readonly password: string;
}): string =>
  `Basic ${Buffer.from(`${user.username}:${user.password}`, 'utf8').toString('base64')}`;
