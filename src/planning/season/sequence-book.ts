import type { PlanConstraints } from '../schedule.ts';
import type { SeasonSequence } from './season.ts';
import type { SeasonNight } from './season-night.ts';
import { darkArc, middleOfSight, type SightTable, sightTable } from './sight.ts';

/**
 * Who waits, who is done, and on how many nights each could still be observed. One bit for each
 * sequence and night, so that 100,000 sequences of half a year take 2.5 MB.
 */
export class SequenceBook {
  readonly sequences: readonly SeasonSequence[];
  readonly sight: SightTable;
  readonly #nights: readonly SeasonNight[];
  readonly #bits: Uint8Array;
  readonly #rowBytes: number;
  readonly #nightsLeft: Uint16Array;
  readonly #indexOf = new Map<number, number>();
  readonly #isDone: Uint8Array;
  readonly #attempts = new Map<number, number>();
  readonly #site: PlanConstraints['site'];

  constructor(
    sequences: readonly SeasonSequence[],
    rules: PlanConstraints,
    nights: readonly SeasonNight[],
  ) {
    this.sequences = sequences;
    this.#site = rules.site;
    this.#nights = nights;
    const middle = nights[nights.length >> 1];
    this.sight = sightTable(sequences, rules, middle?.startMs ?? 0);
    this.#rowBytes = Math.ceil(sequences.length / 8);
    this.#bits = new Uint8Array(this.#rowBytes * nights.length);
    this.#nightsLeft = new Uint16Array(sequences.length);
    this.#isDone = new Uint8Array(sequences.length);
    for (const [i, { id }] of sequences.entries()) this.#indexOf.set(id, i);
    for (const [row, night] of nights.entries()) this.#fill(night, row);
  }

  #fill(night: SeasonNight, row: number): void {
    const dark = darkArc(this.#site, night);
    for (let i = 0; i < this.sequences.length; i++) {
      if (Number.isNaN(middleOfSight(this.sight, i, dark))) continue;
      const byte = row * this.#rowBytes + (i >> 3);
      this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (i & 7));
      this.#nightsLeft[i] = (this.#nightsLeft[i] ?? 0) + 1;
    }
  }

  /** The waiting sequences that may be seen on a night; nights are asked in their order, each once. */
  waitingOn(
    row: number,
  ): { readonly index: number; readonly middleMs: number; nightsLeft: number }[] {
    const night = this.#nights[row];
    if (night === undefined) return [];
    const dark = darkArc(this.#site, night);
    const found = [];
    for (let i = 0; i < this.sequences.length; i++) {
      const byte = this.#bits[row * this.#rowBytes + (i >> 3)] ?? 0;
      if ((byte & (1 << (i & 7))) === 0) continue;
      const nightsLeft = this.#nightsLeft[i] ?? 1;
      this.#nightsLeft[i] = nightsLeft - 1;
      if (this.#isDone[i] === 1) continue;
      found.push({ index: i, middleMs: middleOfSight(this.sight, i, dark), nightsLeft });
    }
    return found;
  }

  /** Counts an attempt at a sequence or an alert; gives how many there were before. */
  tryOnce(id: number): number {
    const before = this.#attempts.get(id) ?? 0;
    this.#attempts.set(id, before + 1);
    return before;
  }

  /** It waits no more; what was never asked for, an alert, is passed over. */
  finish(id: number): void {
    const index = this.#indexOf.get(id);
    if (index !== undefined) this.#isDone[index] = 1;
  }
}
