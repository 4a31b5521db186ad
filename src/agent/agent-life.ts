import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import { isDatabaseTrouble, isUnsure, type Transaction } from '#db';
import { PyrosError, sentenceOf } from '#platform';
import type { AgentContext } from './agent-context.ts';
import type { AgentMode } from './command.ts';
import { factsAfter, moveCursor, readCursor, writeLog } from './fact-store.ts';
import type { Fact, FactType } from './fact-vocabulary.ts';
import { claim, SURVEY_VALIDITY_SECONDS } from './name-claim.ts';
import { holdIncarnation, writeMode, writeSurvey } from './survey-store.ts';
import { type Work, workOf } from './work.ts';

/** An agent that ends tries for this long, every so often, to say that it does, seconds. */
const RELEASE_SECONDS = 10;
const RETRY_SECONDS = 0.5;

/** What an agent says of itself at one moment. */
export interface Word {
  readonly mode: AgentMode;
  readonly status: string;
  readonly iteration: number;
}

/**
 * What ties an agent to the database: the name that it holds, how far it has handled the facts, and
 * the transactions that only the newest life of a name may make.
 */
export class AgentLife {
  readonly #context: AgentContext;
  readonly #host: string;
  readonly #onFenced: (error: PyrosError) => void;
  #incarnation = 0;
  #cursor = 0;
  /** After trouble with the database only it knows how far the facts were handled. */
  #isCursorSure = false;
  /** How many announcements there were at the last look for facts. */
  #lookedAt: number | null = null;
  /**
   * The last fact of the batch being handled, seen by its handler alone: a command that runs beside
   * the loop must not move the cursor over facts that nobody has handled yet.
   */
  readonly #batch = new AsyncLocalStorage<number>();

  constructor(context: AgentContext, onFenced: (error: PyrosError) => void) {
    this.#context = context;
    this.#host = context.host ?? hostname();
    this.#onFenced = onFenced;
  }

  /** Takes the name, unless it is held; gives the mode to be in. See {@link claim}. */
  async begin(mode: AgentMode, signal: AbortSignal): Promise<AgentMode> {
    this.#isCursorSure = false;
    if (this.#incarnation > 0) return mode;
    const { standby = false, log, ...context } = this.#context;
    const waiting = (holder: { host: string; pid: number }) =>
      log.info(`standing by: ${holder.host} (process ${holder.pid}) holds the name`);
    const life = await claim({ ...context, host: this.#host, standby, waiting }, signal);
    this.#incarnation = life.incarnation;
    return life.mode;
  }

  /**
   * Gives the name back, so that its next life need not wait. Of a database that stays away it takes
   * its leave without.
   */
  async release(word: Word): Promise<void> {
    const { clock, log } = this.#context;
    const endMs = clock.monotonic() + clock.allow(RELEASE_SECONDS) * 1000;
    while (this.#incarnation > 0) {
      try {
        await this.survey(word);
      } catch (error) {
        if (!isDatabaseTrouble(error) && !isUnsure(error)) throw error;
        if (clock.monotonic() < endMs) {
          await clock.sleep(clock.period(RETRY_SECONDS));
          continue;
        }
        log.warn(`the name is not given back: ${sentenceOf(error)}`);
      }
      this.#incarnation = 0;
    }
  }

  /** Writes the agent's row of `agents_survey`. */
  async survey(word: Word): Promise<void> {
    const { name, pid, clock, database } = this.#context;
    const survey = {
      ...word,
      name,
      pid,
      host: this.#host,
      incarnation: this.#incarnation,
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    };
    if (await database.transaction((work) => writeSurvey(work, survey))) return;
    throw this.#fence();
  }

  /** Keeps a mode over a death. */
  async keepMode(transaction: Transaction, mode: AgentMode): Promise<void> {
    await writeMode(transaction, this.#context.name, mode);
  }

  /**
   * Does something whole or not at all, facts included. While facts are being handled, the first
   * such transaction also remembers that they were: after a crash they are not handled twice.
   *
   * @throws PyrosError `AGENT_FENCED` when a newer life of this agent has taken over.
   */
  async transact<T>(work: (work: Work) => Promise<T>): Promise<T> {
    const { name, clock, database } = this.#context;
    const handled = this.#batch.getStore() ?? 0;
    const result = await database.transaction(async (transaction) => {
      await this.#checkName(transaction);
      const value = await work(workOf(transaction, { name, clock }));
      if (handled > this.#cursor) await moveCursor(transaction, name, handled);
      return value;
    });
    this.#cursor = Math.max(this.#cursor, handled);
    return result;
  }

  /** Hands over the facts that nobody handled yet, those of these types, oldest first. */
  async handleFacts(
    types: readonly FactType[],
    handler: (facts: readonly Fact[]) => Promise<void>,
  ): Promise<void> {
    const { name, database } = this.#context;
    const { announcements } = database;
    const isNews = announcements === null || announcements !== this.#lookedAt;
    if (this.#isCursorSure && !isNews) return;
    this.#lookedAt = announcements;
    if (!this.#isCursorSure) this.#cursor = await readCursor(database, name);
    // Until all went well, a transaction whose end is unknown may have moved it.
    this.#isCursorSure = false;
    for (;;) {
      const facts = await factsAfter(database, this.#cursor);
      const last = facts.at(-1);
      if (!last) break;
      const concerning = facts.filter((fact) => types.includes(fact.type));
      if (concerning.length > 0) await this.#handleBatch(concerning, last.id, handler);
      this.#cursor = last.id;
    }
    this.#isCursorSure = true;
  }

  /** Leaves a line for people in the table, if the database takes it. */
  async log(level: string, message: string): Promise<void> {
    const { name: agent, clock, database, log } = this.#context;
    const line = { atMs: clock.now(), agent, level, message };
    try {
      await database.transaction((transaction) => writeLog(transaction, line));
    } catch (error) {
      log.error(`not in the log table: ${sentenceOf(error)}`);
    }
  }

  async #handleBatch(
    facts: readonly Fact[],
    lastId: number,
    handler: (facts: readonly Fact[]) => Promise<void>,
  ): Promise<void> {
    await this.#batch.run(lastId, async () => {
      await handler(facts);
      // The handler had nothing to write: what it did is remembered all the same.
      if (lastId > this.#cursor) await this.transact(async () => undefined);
    });
  }

  async #checkName(transaction: Transaction): Promise<void> {
    if (this.#incarnation === 0) return;
    const newest = await holdIncarnation(transaction, this.#context.name);
    if (newest !== this.#incarnation) throw this.#fence();
  }

  #fence(): PyrosError {
    const error = new PyrosError(
      'AGENT_FENCED',
      `Another life of ${this.#context.name} has taken over: this one ends and writes no more.`,
    );
    this.#onFenced(error);
    return error;
  }
}
