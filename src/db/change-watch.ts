import { type Kysely, sql } from 'kysely';
import { everyRealMs } from '#platform';

/** How one process learns that another one has written something of interest. */
export interface ChangeWatch {
  /** Inside the transaction, just before its end. */
  beforeCommit(kysely: Kysely<unknown>): Promise<void>;
  afterCommit(): void;
  listen(listener: () => void): () => void;
  close(): Promise<void>;
}

/** One look at the database takes microseconds; this bounds the delay between two agents. */
const LOOK_EVERY_REAL_MS = 8;
const CHANNEL = 'pyros_changed';

/** Everybody shares this very connection: the process that wrote tells its neighbours. */
export function memoryWatch(): ChangeWatch {
  const listeners = new Set<() => void>();
  return {
    beforeCommit: async () => undefined,
    afterCommit: () => callAll(listeners),
    listen: (listener) => subscribe(listeners, listener),
    close: async () => listeners.clear(),
  };
}

/** Looks at a cheap fingerprint of the database; it differs after any commit of another process. */
export function pollingWatch(fingerprint: () => Promise<string>): ChangeWatch {
  const listeners = new Set<() => void>();
  let last = '';
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      const seen = await fingerprint();
      if (seen !== last) callAll(listeners);
      last = seen;
    } catch {
      // The database is busy or away: whoever reads it will say so; look again at the next tick.
    } finally {
      looking = false;
    }
  };
  const stop = everyRealMs(LOOK_EVERY_REAL_MS, () => void look());
  return {
    beforeCommit: async () => undefined,
    afterCommit: () => callAll(listeners),
    listen: (listener) => subscribe(listeners, listener),
    close: async () => stop(),
  };
}

/** PostgreSQL tells its clients by itself, as part of the commit. */
export async function postgresWatch(url: string): Promise<ChangeWatch> {
  const { default: pg } = await import('pg');
  const listeners = new Set<() => void>();
  const client = new pg.Client({ connectionString: url });
  // A lost server shows at the next query, which says so; this connection must not end the process.
  client.on('error', () => undefined);
  client.on('notification', () => callAll(listeners));
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  return {
    beforeCommit: async (kysely) => {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(kysely);
    },
    afterCommit: () => undefined,
    listen: (listener) => subscribe(listeners, listener),
    close: () => client.end(),
  };
}

function subscribe(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function callAll(listeners: Set<() => void>): void {
  for (const listener of listeners) listener();
}
