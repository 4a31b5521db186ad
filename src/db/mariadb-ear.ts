import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ConnectionOptions, RowDataPacket } from 'mysql2/promise';
import { afterRealMs, realPause } from '#platform';
import { type AnnouncementCounters, type Counter, EVERYBODY } from './announcement-counters.ts';
import type { Announcement } from './listeners.ts';
import { hangUp, type MariadbLine, openMariadbLine } from './mariadb-line.ts';

/** The server looks so often of itself, seconds: for announcements whose author could not ring. */
const LOOK_EVERY = 0.5;
/** Then it answers in any case, and is asked again. */
const LOOKS = 20;
/** Who says nothing for so long is lost, real milliseconds: twice the longest wait. */
const SILENCE_MS = 20_000;
/** Between one try to connect again and the next, real milliseconds; the last is repeated. */
const RECONNECT_PAUSES = [10, 50, 100, 200, 500, 1000];
/** Until a statement that waits for too little is interrupted again, real milliseconds. */
const ASK_AGAIN_MS = 10;

/** How a waiting statement begins, by which others find it among those that the server runs. */
const WAITING = 'begin not atomic /* pyros-ear ';
/** It waits for all announcements. */
const ALL = 'all';

/** Why a bell may find nobody: its statement ended meanwhile, or belongs to another user. */
const GONE = sql.raw('1094');
const NOT_OURS = sql.raw('1095');

export interface EarOptions {
  readonly config: ConnectionOptions;
  /** Any connection but the one that waits: it rings for others. */
  readonly kysely: Kysely<unknown>;
  readonly counters: AnnouncementCounters;
  readonly heard: (news: Announcement) => void;
}

/**
 * One connection to MariaDB on which the server itself waits until a counter changes. Whoever counted
 * rings: it interrupts the waiting statements (`kill query`) of those who are meant, which any user
 * may do to its own. When the connection is lost it is made again, and everybody is told once.
 *
 * Nothing rung is missed: a statement can be found from before its first look to its last, and one
 * that begins later looks at what was committed before.
 */
export class MariadbEar {
  readonly #options: EarOptions;
  /** The counters waited for. */
  readonly #agents = new Set([EVERYBODY]);
  #hearsAll = false;
  #line: MariadbLine | null = null;
  readonly #unrung = new Set<string>();
  #ringing: Promise<void> | null = null;
  /** What the statement under way waits for. */
  #asked = '';
  #asking: Promise<void> | null = null;
  #tries = 0;
  #forgetRetry: () => void = () => undefined;
  #isClosed = false;

  constructor(options: EarOptions) {
    this.#options = options;
  }

  /** Rejects when the server cannot be reached. What was counted before is no news. */
  async connect(): Promise<void> {
    const line = await openMariadbLine(this.#options.config);
    // The tables may not be there yet.
    const rows = await this.#look(line, 0).catch(() => null);
    this.#options.counters.newsIn(rows ?? []);
    if (this.#isClosed) {
      await hangUp(line);
      return;
    }
    this.#line = line;
    void this.#hear(line);
  }

  /** Waits for this counter too; null: for all. They are few, and are waited for to the end. */
  listen(agent: string | null): void {
    if (this.#hearsAll || (agent !== null && this.#agents.has(agent))) return;
    if (agent === null) this.#hearsAll = true;
    else this.#agents.add(agent);
    this.#asking ??= this.#askAnew();
  }

  /** Wakes who waits elsewhere for these counters, which were committed. */
  ring(agents: readonly string[]): void {
    for (const agent of agents) this.#unrung.add(agent);
    // What is rung for while one bell is under way goes with the next.
    if (this.#unrung.size > 0) this.#ringing ??= this.#ringAll();
  }

  /** Who is to be woken is woken before. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forgetRetry();
    await this.#ringing;
    await this.#asking;
    const line = this.#line;
    if (!line) return;
    await this.#interruptOwn();
    await hangUp(line);
  }

  async #hear(line: MariadbLine): Promise<void> {
    let looks = LOOKS;
    try {
      while (!this.#isClosed) {
        const rows = await this.#look(line, looks);
        this.#tries = 0;
        // An answer may be interrupted again and again, a single look is never.
        looks = rows ? LOOKS : 0;
        const news = rows && this.#options.counters.newsIn(rows);
        if (news && !this.#isClosed) this.#options.heard(news);
      }
    } catch {
      this.#lost(line);
    }
  }

  /** The counters once one of them is news, at most `looks` pauses later; null: interrupted. */
  async #look({ waiter, lock }: MariadbLine, looks: number): Promise<Counter[] | null> {
    const agents = [...this.#agents];
    const known = this.#options.counters.seen().map((row) => [row.agent, row.last_fact_id]);
    this.#asked = this.#words();
    const concerned = [agents, this.#hearsAll];
    const forget = afterRealMs(SILENCE_MS, () => waiter.socket?.destroy());
    try {
      const [results] = await waiter.connection.query<RowDataPacket[][]>({
        sql: looks === 0 ? `begin not atomic ${WAIT}` : `${WAITING}${this.#asked} */ ${WAIT}`,
        values: [looks, ...concerned, [['', 0], ...known], lock, LOOK_EVERY, ...concerned],
      });
      return (results[0] ?? []) as Counter[];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ER_QUERY_INTERRUPTED') {
        return null;
      }
      throw error;
    } finally {
      forget();
    }
  }

  #words(): string {
    return [...(this.#hearsAll ? [ALL] : []), ...this.#agents].join(' ');
  }

  async #askAnew(): Promise<void> {
    // A statement on its way to the server cannot be found there yet: hence again.
    while (this.#line && !this.#isClosed && this.#asked !== this.#words()) {
      await this.#interruptOwn();
      await realPause(ASK_AGAIN_MS);
    }
    this.#asking = null;
  }

  async #ringAll(): Promise<void> {
    while (this.#unrung.size > 0) {
      const agents = [...this.#unrung];
      this.#unrung.clear();
      const isMeant = agents.includes(EVERYBODY)
        ? sql`true`
        : sql.join(
            [ALL, ...agents].map((word) => sql`locate(${` ${word} `}, info) > 0`),
            sql` or `,
          );
      // Our own listeners were told at the commit.
      await this.#interrupt(sql`id <> ${this.#ownId()} and (${isMeant})`);
    }
    this.#ringing = null;
  }

  async #interruptOwn(): Promise<void> {
    if (this.#line) await this.#interrupt(sql`id = ${this.#ownId()}`);
  }

  /** A bell that fails is no matter: the others look of themselves. */
  async #interrupt(which: RawBuilder<unknown>): Promise<void> {
    const bell = sql`begin not atomic
      declare continue handler for ${GONE}, ${NOT_OURS} begin end;
      for ear in (select id from information_schema.processlist
        where db = database() and info like ${`${WAITING}%`} and ${which})
      do kill query ear.id; end for;
    end`;
    await bell.execute(this.#options.kysely).catch(() => undefined);
  }

  #ownId(): number {
    return this.#line?.waiter.connection.threadId ?? 0;
  }

  #lost(line: MariadbLine): void {
    line.waiter.socket?.destroy();
    line.holder.socket?.destroy();
    if (this.#line === line) this.#line = null;
    this.#retry();
  }

  #retry(): void {
    if (this.#isClosed) return;
    const pause = RECONNECT_PAUSES[this.#tries] ?? RECONNECT_PAUSES.at(-1) ?? 0;
    this.#tries += 1;
    this.#forgetRetry = afterRealMs(pause, () => void this.#reconnect());
  }

  async #reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch {
      this.#retry();
      return;
    }
    if (!this.#isClosed) this.#options.heard({ everybody: true, names: new Set() });
  }
}

const CONCERNED = `agent in (?) or (? and agent like '@%')`;

/**
 * Each statement inside sees what is committed by then, and holds nothing while it waits: for a lock
 * that is ours already. (Interrupting `sleep` instead blocks all who sleep in MariaDB 10.11, and who
 * interrupts them, for seconds at times.)
 */
const WAIT = `
  declare looks int default ?;
  while looks > 0 and not exists (
    select 1 from fact_cursor where (${CONCERNED}) and (agent, last_fact_id) not in (?)
  ) do
    set looks = looks - 1;
    if get_lock(?, ?) then signal sqlstate '45000'; end if;
  end while;
  select agent, last_fact_id from fact_cursor where ${CONCERNED};
end`;
