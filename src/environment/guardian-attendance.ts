/** The last word of an agent, as the database has it. */
export interface AgentWord {
  readonly name: string;
  /** Differs from word to word. */
  readonly word: string;
  /** How old it is by the clocks on the wall, seconds; negative when it is dated in the future. */
  readonly ageSeconds: number;
  /** It says itself that it is not at work. */
  readonly isOver: boolean;
}

interface Heard {
  readonly word: string;
  /** Monotonic, ms; null: not known. */
  readonly aliveMs: number | null;
}

/** When each agent last gave a sign of life, by the guardian's own watch. */
export type Attendance = Readonly<Record<string, Heard>>;

/**
 * Takes in what was read at `nowMs` (monotonic). A new word is a sign of life at that moment, whatever
 * date it bears (hazard F41). Only the first word that is seen of an agent is believed by its date, and
 * for no longer than `silenceSeconds`: a guardian that starts again in a good night need not wait.
 */
export function attendance(
  before: Attendance,
  words: readonly AgentWord[],
  { nowMs, silenceSeconds }: { nowMs: number; silenceSeconds: number },
): Attendance {
  const heard = words.map(({ name, word, ageSeconds, isOver }) => {
    const last = before[name];
    if (isOver) return [name, { word, aliveMs: null }];
    if (last) return [name, last.word === word ? last : { word, aliveMs: nowMs }];
    const isRecent = Math.abs(ageSeconds) <= silenceSeconds;
    return [name, { word, aliveMs: isRecent ? nowMs - Math.max(0, ageSeconds) * 1000 : null }];
  });
  return { ...before, ...Object.fromEntries(heard) };
}

/** Those of `names` that were silent for longer than `silenceSeconds`, or never heard. */
export function absent(
  heard: Attendance,
  names: readonly string[],
  { nowMs, silenceSeconds }: { nowMs: number; silenceSeconds: number },
): string[] {
  return names.filter((name) => {
    const aliveMs = heard[name]?.aliveMs ?? null;
    return aliveMs === null || nowMs - aliveMs > silenceSeconds * 1000;
  });
}
