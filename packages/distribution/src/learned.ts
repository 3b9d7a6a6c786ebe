/** What a client has found out about one registry; undefined while it is not known. */
export interface Learned {
  /** Whether it takes a whole blob in the POST that would start an upload. */
  singlePost?: boolean;
  /** Whether a mount of a repository from itself tells if it has the blob: 201 if so, and a session if not. */
  selfMount?: boolean;
  /** Whether it moves the tags that the query of a manifest PUT names. */
  multiTag?: boolean;
  /** Bytes of blobs that were sent without a question whether they are there. */
  unasked?: number;
}
