import { type Kysely, sql } from 'kysely';
import { afterRealMs, realStopwatch } from '#platform';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';

/** Real milliseconds between two looks: while something goes on, and when nothing does. */
const PAUSE_BUSY = 10;
const PAUSE_IDLE = 100;
/** Something goes on for this long after a change, real milliseconds. */
const BUSY_FOR = 500;
/** The row that counts announcements, among the agents' cursors: a name no agent can have. */
const COUNTER = '#changed';

/**
 * MariaDB tells nobody: announcements are counted in a row, and everybody looks at it every now and
 * then. It cannot tell for whom: everybody is woken.
 */
export async function mariadbWatch(kysely: Kysely<unknown>): Promise<ChangeWatch> {
  const own = memoryWatch();
  const stop = await pollAdaptively(
    () => readCount(kysely),
    () => own.afterCommit({ everybody: true, names: new Set() }),
  );
  return {
    ...own,
    // The last thing of the transaction: nobody waits long for the row.
    beforeCommit: async (transaction) => {
      await sql`insert into fact_cursor (agent, last_fact_id) values (${COUNTER}, 1)
        on duplicate key update last_fact_id = (last_fact_id + 1) % 2000000000`.execute(
        transaction,
      );
    },
    close: async () => {
      stop();
      await own.close();
    },
  };
}

async function readCount(kysely: Kysely<unknown>): Promise<number> {
  const query = sql<{
    n: number;
  }>`select last_fact_id as n from fact_cursor where agent = ${COUNTER}`;
  return (await query.execute(kysely)).rows[0]?.n ?? 0;
}

async function pollAdaptively(
  count: () => Promise<number>,
  changed: () => void,
): Promise<() => void> {
  // A table that is not there yet, or a server that is away: the first answer is then news.
  let last = await count().catch(() => -1);
  let sinceChangeMs = realStopwatch();
  let isStopped = false;
  let forget = () => {};
  const look = async () => {
    const seen = await count().catch(() => last);
    if (isStopped) return;
    if (seen !== last) {
      last = seen;
      sinceChangeMs = realStopwatch();
      changed();
    }
    again();
  };
  const again = () => {
    const pause = sinceChangeMs() < BUSY_FOR ? PAUSE_BUSY : PAUSE_IDLE;
    forget = afterRealMs(pause, () => void look());
  };
  again();
  return () => {
    isStopped = true;
    forget();
  };
}
