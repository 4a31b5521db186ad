import type { PlanInput, PlanSequence } from '../schedule.ts';
import { type NightTables, nightTables } from './night-tables.ts';
import { asksTheSame, isSameNight } from './sameness.ts';
import { type Sight, sightsOf } from './sight.ts';

/**
 * Remembers the sky of a night and what it offers to each sequence, so that planning again costs
 * little. A plan is the same with or without it: what has changed is computed anew.
 */
export class JobMemory {
  #tables: NightTables | undefined;
  #sights = new Map<number, Sight>();

  /** What the night of the input offers to sequences (valid ones, each with its own id). */
  sightsOf(input: PlanInput, sequences: readonly PlanSequence[]): readonly Sight[] {
    const tables = this.#tablesOf(input);
    const unknown = sequences.filter((sequence) => this.#known(sequence) === undefined);
    this.#forgetOthers(sequences);
    for (const sight of sightsOf(unknown, tables)) {
      this.#sights.set(sight.subject.sequence.id, sight);
    }
    return sequences.flatMap((sequence) => this.#sights.get(sequence.id) ?? []);
  }

  #known(sequence: PlanSequence): Sight | undefined {
    const sight = this.#sights.get(sequence.id);
    return sight !== undefined && asksTheSame(sight.subject.sequence, sequence) ? sight : undefined;
  }

  #tablesOf(input: PlanInput): NightTables {
    if (this.#tables === undefined || !isSameNight(this.#tables.asked, input)) {
      this.#tables = nightTables(input);
      this.#sights.clear();
    }
    return this.#tables;
  }

  /** What is no longer asked for does not pile up. */
  #forgetOthers(sequences: readonly PlanSequence[]): void {
    if (this.#sights.size <= 2 * sequences.length + 1000) return;
    const asked = new Set(sequences.map((sequence) => sequence.id));
    for (const id of this.#sights.keys()) {
      if (!asked.has(id)) this.#sights.delete(id);
    }
  }
}
