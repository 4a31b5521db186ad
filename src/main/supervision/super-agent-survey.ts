import { hostname } from 'node:os';
import { readSurveys, type Survey, writeSurvey } from '#agent';
import type { Database } from '#db';
import { type Clock, codeOf, PyrosError, RealClock, sentenceOf } from '#platform';
import { claim, SURVEY_VALIDITY_SECONDS } from '../../agent/name-claim.ts';
import { SilentWards } from './silent-wards.ts';

const NAME = 'SuperAgent';
/** As long as the column of the name. */
const LONGEST_NAME = 50;
/** Real seconds. */
const BEAT_SECONDS = 5;

const realClock = new RealClock();

interface Parts {
  readonly clock: Clock;
  readonly database: Database;
  /** Process ids by name, of the processes that live. */
  readonly pids: () => ReadonlyMap<string, number>;
  readonly kill: (name: string) => void;
}

/**
 * What the SuperAgent says of itself, as every agent of the unit does, so that other computers see
 * it; and what it hears of its agents: one whose process lives but that says nothing hangs, and is
 * ended so that it starts again.
 */
export class SuperAgentSurvey {
  readonly #parts: Parts;
  readonly #silent = new SilentWards();
  readonly #stop = new AbortController();
  #life: { name: string; incarnation: number } | null = null;
  #iteration = 0;
  #beating: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `SuperAgent`; with its computer where another one holds that name. */
  get name(): string {
    return this.#life?.name ?? NAME;
  }

  start(): void {
    this.#beating ??= this.#beat();
  }

  async stop(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    await this.#beating;
    await this.#attempt(() => this.#say('STOPPED'));
  }

  async #beat(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#iteration++;
      await this.#attempt(async () => {
        this.#life ??= await this.#claimName();
        await this.#say('IN_MAIN_LOOP');
        this.#listen(await readSurveys(this.#parts.database));
      });
      await realClock.sleep(BEAT_SECONDS, this.#stop.signal).catch(() => undefined);
    }
  }

  /** A database that is away costs a word, and silences everybody: nobody is blamed for it. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#silent.forget();
      // At the end the database may be gone for good, and whoever reads the row sees its age.
      if (!this.#stop.signal.aborted) process.stderr.write(`${this.name}: ${sentenceOf(error)}\n`);
    }
  }

  /** One database may serve several supervisors: of other computers, or of other terminals. */
  async #claimName(): Promise<{ name: string; incarnation: number }> {
    const host = hostname();
    const { pid } = process;
    const { clock, database } = this.#parts;
    for (const wish of [NAME, `${NAME}@${host}`, `${NAME}:${pid}@${host}`]) {
      const name = wish.slice(0, LONGEST_NAME);
      const claimant = { name, pid, host, standby: false, clock, database, waiting: () => {} };
      try {
        return { name, ...(await claim(claimant, this.#stop.signal)) };
      } catch (error) {
        if (codeOf(error) !== 'AGENT_NAME_TAKEN') throw error;
      }
    }
    throw new PyrosError('AGENT_NAME_TAKEN', 'Every name for this SuperAgent is taken.');
  }

  async #say(status: string): Promise<void> {
    if (!this.#life) return;
    const { clock, database } = this.#parts;
    const survey: Survey = {
      ...this.#life,
      mode: 'ACTIVE',
      status,
      pid: process.pid,
      host: hostname(),
      iteration: this.#iteration,
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    };
    const isOurs = await database.transaction((transaction) => writeSurvey(transaction, survey));
    // Taken for dead, and its name given to another: it takes the next one.
    if (!isOurs) this.#life = null;
  }

  #listen(surveys: readonly Survey[]): void {
    const hanging = this.#silent.hear(surveys, this.#parts.pids(), realClock.monotonic());
    for (const name of hanging) this.#parts.kill(name);
  }
}
