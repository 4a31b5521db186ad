import type { Kysely } from 'kysely';
import type { ConnectionOptions } from 'mysql2/promise';
import { AnnouncementCounters, type Counter, counterOf } from './announcement-counters.ts';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';
import { type Announcement, nameKey } from './listeners.ts';
import { MariadbEar } from './mariadb-ear.ts';

/**
 * MariaDB tells nobody: announcements are counted, the server waits for us until a counter changes, and
 * who counted interrupts its waiting.
 */
export async function mariadbWatch(
  config: ConnectionOptions,
  kysely: Kysely<unknown>,
): Promise<ChangeWatch> {
  const own = memoryWatch();
  const counters = new AnnouncementCounters('mariadb');
  const counted = new WeakMap<Announcement, readonly Counter[]>();
  const ear = new MariadbEar({ config, kysely, counters, heard: (news) => own.afterCommit(news) });
  await ear.connect();
  return {
    count: () => null,
    // The last thing of the transaction: nobody waits long for the rows.
    beforeCommit: async (transaction, announcement) => {
      counted.set(announcement, await counters.count(transaction, announcement));
    },
    afterCommit: (announcement) => {
      const ours = counted.get(announcement) ?? [];
      counters.isOurs(ours);
      own.afterCommit(announcement);
      ear.ring(ours.map(({ agent }) => agent));
    },
    listen: (listener, name) => {
      const stop = own.listen(listener, name);
      ear.listen(name === undefined ? null : counterOf(nameKey(name)));
      return stop;
    },
    close: async () => {
      await ear.close();
      await own.close();
    },
  };
}
