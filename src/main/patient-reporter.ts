import { hostname } from 'node:os';
import { appendFact, type FactPayloads, STOPPED, writeSurvey } from '#agent';
import type { Database, Transaction } from '#db';
import type { GuardianReporter } from '#environment';
import { type Clock, type Logger, sentenceOf } from '#platform';

/** The guardian says that it lives this often, seconds. */
const HEARTBEAT_SECONDS = 5;
const SURVEY_VALIDITY_SECONDS = 60;
/** A database that does not answer keeps the end of the guardian waiting for no longer, seconds. */
const LAST_WORD_SECONDS = 2;
/** Its last word is tried again after this, seconds. */
const AGAIN_SECONDS = 0.05;
/** With the database away for long, what tells most is kept: facts, not heartbeats. */
const MOST_WAITING = 100;

type Line = (transaction: Transaction) => Promise<unknown>;

interface Parts {
  readonly name: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly database: Database;
  readonly log: Logger;
}

/**
 * Writes what the guardian tells when the database lets it: a refusal keeps the line for the next
 * try, and the guardian never waits.
 */
export class PatientReporter implements GuardianReporter {
  readonly #parts: Parts;
  readonly #waiting: Line[] = [];
  #writing = false;
  #heartbeatMs = Number.NEGATIVE_INFINITY;
  #flushed: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#tell('AgentStarted', { agent: parts.name, pid: parts.pid });
  }

  closing(reason: string): void {
    this.#tell('DomeClosing', { by: this.#parts.name, reason });
  }

  heartbeat(): void {
    const { clock } = this.#parts;
    const nowMs = clock.now();
    if (nowMs - this.#heartbeatMs >= clock.period(HEARTBEAT_SECONDS, 1) * 1000) {
      this.#heartbeatMs = nowMs;
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push(this.#survey(nowMs, 'GUARDING'));
    }
    this.#flush();
  }

  async stopped(): Promise<void> {
    const { clock } = this.#parts;
    this.#waiting.push(this.#survey(clock.now(), STOPPED));
    const patience = new AbortController();
    const late = clock.sleep(clock.allow(LAST_WORD_SECONDS), patience.signal);
    const tooLate = late.then(
      () => patience.abort(),
      () => undefined,
    );
    await Promise.race([this.#insist(patience.signal), tooLate]);
    patience.abort();
  }

  /** When a unit ends all its agents write at once, and a busy database turns the guardian away. */
  async #insist(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (this.#waiting.length > 0 && !signal.aborted) {
      this.#flush();
      await this.#flushed;
      if (this.#waiting.length > 0) {
        await clock.sleep(clock.period(AGAIN_SECONDS), signal).catch(() => undefined);
      }
    }
  }

  #tell<T extends 'AgentStarted' | 'DomeClosing'>(type: T, payload: FactPayloads[T]): void {
    const { clock, name: agent } = this.#parts;
    const atMs = clock.now();
    this.#waiting.push((transaction) => appendFact(transaction, { atMs, agent, type, payload }));
    this.#flush();
  }

  #survey(atMs: number, status: string): Line {
    const { name, pid, clock } = this.#parts;
    const validitySeconds = clock.allow(SURVEY_VALIDITY_SECONDS);
    const survey = {
      name,
      pid,
      mode: 'ACTIVE',
      status,
      host: hostname(),
      incarnation: 0,
      iteration: 0,
      atMs,
      validitySeconds,
    } as const;
    return (transaction) => writeSurvey(transaction, survey);
  }

  #flush(): void {
    if (!this.#writing) this.#flushed = this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      for (let line = this.#waiting[0]; line; line = this.#waiting[0]) {
        await this.#parts.database.transaction(line);
        this.#waiting.shift();
      }
    } catch (error) {
      this.#parts.log.warn(`not written yet: ${sentenceOf(error)}`);
    } finally {
      this.#writing = false;
    }
  }
}
