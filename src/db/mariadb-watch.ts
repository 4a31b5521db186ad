import { type Kysely, sql } from 'kysely';
import { afterRealMs, realStopwatch } from '#platform';
import { AnnouncementCounters, type Counter, READ_COUNTERS } from './announcement-counters.ts';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';
import type { Announcement } from './listeners.ts';

/** Real milliseconds between two looks: while something goes on, and when nothing does. */
const PAUSE_BUSY = 10;
const PAUSE_IDLE = 100;
/** Something goes on for this long after a change, real milliseconds. */
const BUSY_FOR = 500;

/** MariaDB tells nobody: announcements are counted, and everybody looks every now and then. */
export async function mariadbWatch(kysely: Kysely<unknown>): Promise<ChangeWatch> {
  const own = memoryWatch();
  const counters = new AnnouncementCounters('mariadb');
  const counted = new WeakMap<Announcement, readonly Counter[]>();
  const stop = await pollAdaptively(
    async () => {
      const { rows } = await sql.raw<Counter>(READ_COUNTERS).execute(kysely);
      return counters.newsIn(rows);
    },
    (news) => own.afterCommit(news),
  );
  return {
    ...own,
    // The last thing of the transaction: nobody waits long for the rows.
    beforeCommit: async (transaction, announcement) => {
      counted.set(announcement, await counters.count(transaction, announcement));
    },
    afterCommit: (announcement) => {
      counters.isOurs(counted.get(announcement) ?? []);
      own.afterCommit(announcement);
    },
    close: async () => {
      stop();
      await own.close();
    },
  };
}

async function pollAdaptively(
  look: () => Promise<Announcement | null>,
  tell: (news: Announcement) => void,
): Promise<() => void> {
  // A table that is not there yet, or a server that is away: nothing is known to be new.
  const lookAgain = () => look().catch(() => null);
  await lookAgain();
  let sinceChangeMs = realStopwatch();
  let isStopped = false;
  let forget = () => {};
  const again = () => {
    const pause = sinceChangeMs() < BUSY_FOR ? PAUSE_BUSY : PAUSE_IDLE;
    forget = afterRealMs(pause, async () => {
      const news = await lookAgain();
      if (isStopped) return;
      if (news) {
        sinceChangeMs = realStopwatch();
        tell(news);
      }
      again();
    });
  };
  again();
  return () => {
    isStopped = true;
    forget();
  };
}
