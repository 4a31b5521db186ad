/** What the doctor found about one thing. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'bad';
  readonly what: string;
  readonly sentence: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly remedy: string;
}

export function fine(what: string, sentence: string): Finding {
  return { state: 'ok', what, sentence, remedy: '' };
}

/** `warn  disk            3 GB free. Free some space…` */
export function findingLine({ state, what, sentence, remedy }: Finding): string {
  const words = remedy ? `${sentence} ${remedy}` : sentence;
  return `${state.padEnd(4)}  ${what.padEnd(14)}  ${words}`;
}
