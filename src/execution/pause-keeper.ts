import type { Clock } from '#platform';
import type { ObservatoryKeeper } from './observatory-keeper.ts';
import { differsInKind, pausesSince, readPauses, type Standing } from './pauses.ts';

/** Figures that change in a sentence are written this often, seconds. */
const REFRESH_SECONDS = 10;

/** Keeps in the observatory's row why nothing is observed, and tells when that changes. */
export class PauseKeeper {
  readonly #keeper: ObservatoryKeeper;
  readonly #clock: Clock;
  #writtenMs = Number.NEGATIVE_INFINITY;
  /** To be told even if nothing changed: a night begins its own tale. */
  #isToTell = false;

  constructor(parts: { keeper: ObservatoryKeeper; clock: Clock }) {
    this.#keeper = parts.keeper;
    this.#clock = parts.clock;
  }

  tellAgain(): void {
    this.#isToTell = true;
  }

  async step(standing: readonly Standing[]): Promise<void> {
    const before = readPauses(this.#keeper.row.pauses);
    const pauses = pausesSince(standing, before, this.#clock.now());
    const isTold = this.#isToTell || differsInKind(pauses, before);
    const text = JSON.stringify(pauses);
    const nowMs = this.#clock.monotonic();
    const isFresh = nowMs - this.#writtenMs < this.#clock.period(REFRESH_SECONDS) * 1000;
    if (!isTold && (isFresh || text === this.#keeper.row.pauses)) return;
    const told = pauses.map(({ kind, key, sentence }) => ({ kind, key, sentence }));
    await this.#keeper.change(async (work) => {
      if (isTold) await work.fact('PausesChanged', { pauses: told });
      return { pauses: text };
    });
    this.#writtenMs = nowMs;
    this.#isToTell = false;
  }
}
