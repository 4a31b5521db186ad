/** Something that each value allows and the whole does not. */
export interface Contradiction {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}
