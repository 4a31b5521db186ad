import { type Kysely, sql } from 'kysely';
import type { DatabaseAddress } from './database-url.ts';
import type { Announcement } from './listeners.ts';

/** One row of them. */
export interface Counter {
  readonly agent: string;
  readonly last_fact_id: number;
}

/** They live among the agents' cursors, under names that no agent can have. */
export const EVERYBODY = '#changed';
const ONE = '@';
/** Others could share a row by the engine's own idea of which letters are the same. */
const PLAIN = /^[a-z0-9_.-]{1,49}$/;

/** Reads all counters. */
export const READ_COUNTERS = `select agent, last_fact_id from fact_cursor
  where agent = '${EVERYBODY}' or agent like '${ONE}%'`;

/** The counters of an announcement, in one order for everybody: no two transactions cross. */
function countersOf({ everybody, names }: Announcement): string[] {
  const own = [...names].sort().map(counterOf);
  return everybody || own.includes(EVERYBODY) ? [EVERYBODY] : own;
}

/** The counter of a name, as `nameKey` gives it; that of everybody when it can have none of its own. */
export const counterOf = (name: string) => (PLAIN.test(name) ? ONE + name : EVERYBODY);

/**
 * Where an engine tells nobody, announcements are counted in rows: one for each name, one for everybody.
 * Processes look at the rows, and find for whom there is something new.
 */
export class AnnouncementCounters {
  readonly #engine: DatabaseAddress['engine'];
  #seen = new Map<string, number>();

  constructor(engine: DatabaseAddress['engine']) {
    this.#engine = engine;
  }

  /** Counts an announcement, as the last thing of its transaction. What it gives is for `isOurs`. */
  async count(kysely: Kysely<unknown>, announcement: Announcement): Promise<readonly Counter[]> {
    const clash = sql.raw(
      this.#engine === 'sqlite' ? 'on conflict (agent) do update set' : 'on duplicate key update',
    );
    const counted: Counter[] = [];
    for (const agent of countersOf(announcement)) {
      const { rows } = await sql<{
        last_fact_id: number;
      }>`insert into fact_cursor (agent, last_fact_id) values (${agent}, 1)
        ${clash} last_fact_id = (last_fact_id + 1) % 2000000000
        returning last_fact_id`.execute(kysely);
      for (const { last_fact_id } of rows) counted.push({ agent, last_fact_id });
    }
    return counted;
  }

  /** What this process counted, and told its own listeners, is no news to it. */
  isOurs(counted: readonly Counter[]): void {
    for (const { agent, last_fact_id } of counted) {
      // Unless others counted too since the last look: then it stays news.
      if ((this.#seen.get(agent) ?? 0) === last_fact_id - 1) this.#seen.set(agent, last_fact_id);
    }
  }

  /** What the last look found. */
  seen(): Counter[] {
    return [...this.#seen].map(([agent, last_fact_id]) => ({ agent, last_fact_id }));
  }

  /** For whom there is something new since the last look; null: for nobody. */
  newsIn(rows: readonly Counter[]): Announcement | null {
    const news = rows.filter((row) => this.#seen.get(row.agent) !== row.last_fact_id);
    this.#seen = new Map(rows.map((row) => [row.agent, row.last_fact_id]));
    if (news.length === 0) return null;
    const names = news.map((row) => row.agent).filter((agent) => agent !== EVERYBODY);
    return {
      everybody: names.length < news.length,
      names: new Set(names.map((name) => name.slice(ONE.length))),
    };
  }
}
