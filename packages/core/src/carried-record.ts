/** A record as it travelled. */
export interface CarriedRecord {
  /** Its artifact's name: a hint, never the truth. */
  readonly artifact: string;
  readonly text: string;
}
