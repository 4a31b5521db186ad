import type { FactPayloads } from '#agent';
import type { Logger } from '#platform';
import type { Interruption } from './guardian-wakefulness.ts';

/** The facts that the guardian tells. */
export type GuardianFact = 'AlarmCleared' | 'AlarmRaised' | 'ClockJumped' | 'DomeClosing';

/** What the guardian would like others to know; it never waits for anybody to hear it. */
export interface GuardianReporter {
  tell<T extends GuardianFact>(type: T, payload: FactPayloads[T]): void;
  /** It lives. */
  heartbeat(): void;
  /** It ends: the last that it says, and the only one that it waits for, if not for long. */
  stopped(): Promise<void>;
}

/** Key of the alarm of a dome that is to be closed and is not proved so. */
export const NOT_CLOSED = 'dome-not-closed';

/** Speaks to log and reporter. A full disk or a dead database fails here and nowhere else. */
export class GuardianVoice {
  readonly #name: string;
  readonly #log: Logger;
  readonly #reporter: GuardianReporter;
  /** The last trouble of each kind, so that each is logged once. */
  readonly #troubles = new Map<string, string>();
  #heldUp = 0;

  constructor(name: string, log: Logger, reporter: GuardianReporter) {
    this.#name = name;
    this.#log = log;
    this.#reporter = reporter;
  }

  heartbeat(): void {
    quietly(() => this.#reporter.heartbeat());
  }

  closing(reason: string): void {
    quietly(() => this.#log.warn(`closing the dome: ${reason}`));
    quietly(() => this.#reporter.tell('DomeClosing', { by: this.#name, reason }));
  }

  notClosed(sentence: string, count: number): void {
    const alarm = { key: NOT_CLOSED, severity: 'CRITICAL', sentence, count } as const;
    quietly(() => this.#log.error(sentence));
    quietly(() => this.#reporter.tell('AlarmRaised', alarm));
  }

  notClosedNoMore(): void {
    const sentence = 'The dome is closed, or may be open again';
    quietly(() => this.#log.info(sentence));
    quietly(() => this.#reporter.tell('AlarmCleared', { key: NOT_CLOSED, sentence }));
  }

  interrupted({ heldUpSeconds, jumpSeconds }: Interruption): void {
    const seconds = Math.round(jumpSeconds * 10) / 10;
    if (seconds !== 0) quietly(() => this.#reporter.tell('ClockJumped', { seconds }));
    if (heldUpSeconds === 0) return;
    const sentence = `The guardian did not come to its turn for ${Math.round(heldUpSeconds)} s`;
    this.#heldUp++;
    const alarm = { key: 'guardian-held-up', severity: 'WARNING', sentence } as const;
    quietly(() => this.#log.warn(sentence));
    quietly(() => this.#reporter.tell('AlarmRaised', { ...alarm, count: this.#heldUp }));
  }

  /** Logs a trouble of one kind unless it was the last of that kind; null when all is well again. */
  trouble(kind: string, sentence: string | null): void {
    if (sentence === null) this.#troubles.delete(kind);
    if (sentence === null || this.#troubles.get(kind) === sentence) return;
    this.#troubles.set(kind, sentence);
    quietly(() => this.#log.warn(sentence));
  }

  async stopped(): Promise<void> {
    await this.#reporter.stopped().catch(() => undefined);
  }
}

function quietly(speak: () => void): void {
  try {
    speak();
  } catch {
    // Nobody can be told, and nothing may stop for it.
  }
}
