import { hostname } from 'node:os';
import { appendFact, type FactPayloads, STOPPED, writeSurvey } from '#agent';
import type { Transaction } from '#db';
import type { GuardianFact, GuardianReporter } from '#environment';
import { type Clock, type Logger, sentenceOf } from '#platform';
import type { LateDatabase } from './late-database.ts';

/** The guardian says that it lives this often, seconds. */
const HEARTBEAT_SECONDS = 5;
const SURVEY_VALIDITY_SECONDS = 60;
/** A database that does not answer keeps the end of the guardian waiting for no longer, seconds. */
const LAST_WORD_SECONDS = 2;
/** Others wait so long for the guardian's first word, seconds; it guards meanwhile. */
const FIRST_WORD_SECONDS = 3;
/** The first and the last word are tried again after this, seconds. */
const AGAIN_SECONDS = 0.05;
/** With the database away for long, so many facts are kept, the newest. */
const MOST_WAITING = 100;

type Line = (transaction: Transaction) => Promise<unknown>;
type Told = GuardianFact | 'AgentStarted';

interface Parts {
  readonly name: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly database: Pick<LateDatabase, 'use'>;
  readonly log: Logger;
}

/**
 * Writes what the guardian tells when the database lets it: a refusal keeps the line for the next
 * try, and the guardian never waits.
 */
export class PatientReporter implements GuardianReporter {
  readonly #parts: Parts;
  #facts: readonly Line[] = [];
  /** The newest word on itself; the ones before are worth nothing. */
  #word: Line | null = null;
  #writing = false;
  #heartbeatMs = Number.NEGATIVE_INFINITY;
  #flushed: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#keep('AgentStarted', { agent: parts.name, pid: parts.pid });
  }

  tell<T extends GuardianFact>(type: T, payload: FactPayloads[T]): void {
    this.#keep(type, payload);
    this.#flush();
  }

  heartbeat(): void {
    const { clock } = this.#parts;
    const nowMs = clock.monotonic();
    if (nowMs - this.#heartbeatMs >= clock.period(HEARTBEAT_SECONDS, 1) * 1000) {
      this.#heartbeatMs = nowMs;
      this.#word = this.#survey('GUARDING');
    }
    this.#flush();
  }

  /** Resolves once others can see that it lives, or after a few seconds. */
  async introduced(): Promise<void> {
    this.heartbeat();
    await this.#insist(FIRST_WORD_SECONDS);
  }

  async stopped(): Promise<void> {
    this.#word = this.#survey(STOPPED);
    await this.#insist(LAST_WORD_SECONDS);
  }

  #isAllSaid(): boolean {
    return this.#word === null && this.#facts.length === 0;
  }

  /** When a unit starts or ends all its agents write at once, and a busy database turns it away. */
  async #insist(seconds: number): Promise<void> {
    const { clock } = this.#parts;
    const patience = new AbortController();
    const late = clock.sleep(clock.allow(seconds), patience.signal);
    const tooLate = late.then(
      () => patience.abort(),
      () => undefined,
    );
    await Promise.race([this.#untilSaid(patience.signal), tooLate]);
    patience.abort();
  }

  async #untilSaid(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#isAllSaid() && !signal.aborted) {
      this.#flush();
      await this.#flushed;
      if (this.#isAllSaid()) return;
      await clock.sleep(clock.period(AGAIN_SECONDS), signal).catch(() => undefined);
    }
  }

  #keep<T extends Told>(type: T, payload: FactPayloads[T]): void {
    const { clock, name: agent } = this.#parts;
    const atMs = clock.now();
    const line: Line = (transaction) => appendFact(transaction, { atMs, agent, type, payload });
    this.#facts = [...this.#facts, line].slice(-MOST_WAITING);
  }

  #survey(status: string): Line {
    const { name, pid, clock } = this.#parts;
    const survey = {
      name,
      pid,
      mode: 'ACTIVE',
      status,
      host: hostname(),
      incarnation: 0,
      iteration: 0,
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    } as const;
    return (transaction) => writeSurvey(transaction, survey);
  }

  #flush(): void {
    if (!this.#writing) this.#flushed = this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      while (!this.#isAllSaid()) await this.#writeOne();
    } catch (error) {
      this.#parts.log.warn(`not written yet: ${sentenceOf(error)}`);
    } finally {
      this.#writing = false;
    }
  }

  async #writeOne(): Promise<void> {
    const { database } = this.#parts;
    const [word, [fact]] = [this.#word, this.#facts];
    const line = word ?? fact;
    if (!line) return;
    await database.use((open) => open.transaction(line));
    // A newer word or fact may have come meanwhile.
    if (line === this.#word) this.#word = null;
    this.#facts = this.#facts.filter((one) => one !== line);
  }
}
