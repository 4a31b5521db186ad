import { weightOf } from '../weight.ts';
import type { AccountBook } from './account-book.ts';
import { programAccount, type SeasonProgram, type SeasonSequence } from './season.ts';
import type { SeasonNight } from './season-night.ts';
import type { SequenceBook } from './sequence-book.ts';

/** The parts of a night that each get their share of the candidates, so that none is left empty. */
const PARTS = 8;
/** A sequence on its last night is worth up to this many times more than one that can wait. */
const LAST_NIGHT_BONUS = 2;

interface Ranked {
  readonly sequence: SeasonSequence;
  readonly score: number;
  readonly part: number;
}

/** Whom the plan of a night chooses from. */
export interface Candidates {
  readonly chosen: readonly SeasonSequence[];
  /** How many were in sight whose accounts cannot pay any more. */
  readonly refused: number;
}

/**
 * The sequences worth planning tonight, the best first: those that may be seen, are in their window
 * and whose accounts can pay. What counts is the worth of a second of telescope, how few nights are
 * left, and how far the program lags behind the others. Every part of the night gets its share.
 */
export function candidatesOf(
  night: { readonly row: number; readonly night: SeasonNight },
  book: SequenceBook,
  parts: {
    readonly accounts: AccountBook;
    readonly programs: readonly SeasonProgram[];
    readonly most: number;
    /** Time that the candidates ask for together, over the length of the night. */
    readonly oversubscription: number;
  },
): Candidates {
  const { startMs, endMs } = night.night;
  const lag = lagOf(parts.programs, parts.accounts);
  const ranked: Ranked[] = [];
  let refused = 0;
  for (const { index, middleMs, nightsLeft } of book.waitingOn(night.row)) {
    const sequence = book.sequences[index];
    if (sequence === undefined) continue;
    if (!parts.accounts.canPay(sequence)) {
      refused++;
      continue;
    }
    const urgency = 1 + LAST_NIGHT_BONUS / Math.max(1, nightsLeft);
    const score = worthOfSecond(sequence) * urgency * (lag.get(sequence.program) ?? 1);
    const part = Math.min(
      PARTS - 1,
      Math.floor((PARTS * (middleMs - startMs)) / (endMs - startMs)),
    );
    ranked.push({ sequence, score, part });
  }
  ranked.sort((a, b) => b.score - a.score || a.sequence.id - b.sequence.id);
  const mostSeconds = (parts.oversubscription * (endMs - startMs)) / 1000;
  return { chosen: shared(ranked, parts.most, mostSeconds), refused };
}

/** The best of each part of the night, then the best of the rest. */
function shared(ranked: readonly Ranked[], most: number, mostSeconds: number): SeasonSequence[] {
  const parts = Array.from({ length: PARTS }, () => new Room(most / PARTS, mostSeconds / PARTS));
  const all = new Room(most, mostSeconds);
  const isChosen = ranked.map(({ sequence, part }) => {
    const hasRoom = parts[part]?.take(sequence) ?? false;
    if (hasRoom) all.take(sequence);
    return hasRoom;
  });
  return ranked
    .filter(({ sequence }, i) => isChosen[i] || all.take(sequence))
    .map(({ sequence }) => sequence);
}

/** Room for so many sequences and so many seconds; the last one may exceed the seconds. */
class Room {
  #count: number;
  #seconds: number;

  constructor(count: number, seconds: number) {
    this.#count = Math.floor(count);
    this.#seconds = seconds;
  }

  take({ setupSeconds, durationSeconds }: SeasonSequence): boolean {
    if (this.#count <= 0 || this.#seconds <= 0) return false;
    this.#count--;
    this.#seconds -= setupSeconds + durationSeconds;
    return true;
  }
}

/** What a second of telescope earns: the setup earns nothing. */
function worthOfSecond({ priority, durationSeconds, setupSeconds }: SeasonSequence): number {
  return (weightOf(priority) * durationSeconds) / (durationSeconds + setupSeconds);
}

/** From 0.5 for a program far ahead of the others with its quota to 1.5 for one far behind. */
function lagOf(
  programs: readonly SeasonProgram[],
  accounts: AccountBook,
): ReadonlyMap<string, number> {
  const shares = programs.flatMap(({ name, quotaSeconds }) =>
    quotaSeconds === null || quotaSeconds <= 0
      ? []
      : [[name, accounts.chargedSeconds(programAccount(name)) / quotaSeconds] as const],
  );
  const mean = shares.reduce((sum, [, share]) => sum + share, 0) / Math.max(1, shares.length);
  return new Map(
    shares.map(([name, share]) => [name, 1 + Math.min(0.5, Math.max(-0.5, mean - share))]),
  );
}
