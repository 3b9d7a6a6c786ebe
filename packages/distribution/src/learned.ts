/** What a client has found out about one registry; undefined while it is not known. */
export interface Learned {
  /** Whether it takes a whole blob in the POST that would start an upload. */
  singlePost?: boolean;
  /** Whether it moves the tags that the query of a manifest PUT names. */
  multiTag?: boolean;
}
