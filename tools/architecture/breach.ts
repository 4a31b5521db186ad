/** A rule of the house that a file breaks. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  /** The rule's short name. */
  readonly rule: string;
  readonly what: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** `src/a.ts:12 layers: what is wrong; what to do.` */
export function breachText(breach: Breach): string {
  return `${breach.path}:${breach.line} ${breach.rule}: ${breach.what}; ${breach.remedy}.`;
}
