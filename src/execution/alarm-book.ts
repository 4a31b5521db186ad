import type { Fact, FactPayloads, Work } from '#agent';
import type { Clock } from '#platform';

type Severity = FactPayloads['AlarmRaised']['severity'];

interface Standing {
  readonly sentence: string;
  readonly count: number;
  /** When it was told last, monotonic ms. */
  readonly toldMs: number;
}

/** The alarms of one agent: told when they begin, again while they last, and when they are over. */
export class AlarmBook {
  readonly #clock: Clock;
  readonly #transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  readonly #standing = new Map<string, Standing>();

  constructor(parts: {
    clock: Clock;
    transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  }) {
    this.#clock = parts.clock;
    this.#transact = parts.transact;
  }

  /** What an earlier life of this agent left standing, by what it told, newest first. */
  recall(facts: readonly Fact[], agent: string): void {
    const known = new Set<string>();
    for (const fact of facts) {
      if (fact.agent !== agent) continue;
      if (fact.type !== 'AlarmRaised' && fact.type !== 'AlarmCleared') continue;
      const { key, sentence } = fact.payload;
      if (known.has(key)) continue;
      known.add(key);
      if (fact.type === 'AlarmCleared') continue;
      this.#standing.set(key, {
        sentence,
        count: fact.payload.count,
        toldMs: this.#clock.monotonic(),
      });
    }
  }

  /** Shows the alarm with that sentence; an empty one: it does not stand, or no more. */
  async show(
    alarm: { key: string; severity: Severity; everySeconds: number },
    sentence: string,
  ): Promise<void> {
    const { key, severity, everySeconds } = alarm;
    const known = this.#standing.get(key);
    if (sentence === '') {
      if (!known) return;
      await this.#transact((work) => work.fact('AlarmCleared', { key, sentence: known.sentence }));
      this.#standing.delete(key);
      return;
    }
    const nowMs = this.#clock.monotonic();
    if (known && nowMs - known.toldMs < this.#clock.allow(everySeconds) * 1000) return;
    const count = (known?.count ?? 0) + 1;
    await this.#transact((work) => work.fact('AlarmRaised', { key, severity, sentence, count }));
    this.#standing.set(key, { sentence, count, toldMs: nowMs });
  }
}
