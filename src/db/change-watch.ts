import type { Kysely } from 'kysely';
import { type Announcement, Listeners } from './listeners.ts';

/** How one process learns that another one has written something of interest. */
export interface ChangeWatch {
  /** How often something was announced; null where others may write, who are not always heard. */
  count(): number | null;
  /** Inside the transaction, just before its end. */
  beforeCommit(kysely: Kysely<unknown>, announcement: Announcement): Promise<void>;
  /** Tells this process's own listeners. */
  afterCommit(announcement: Announcement): void;
  listen(listener: () => void, name?: string): () => void;
  close(): Promise<void>;
}

/** Everybody shares this very connection: the process that wrote tells its neighbours. */
export function memoryWatch(): ChangeWatch {
  const listeners = new Listeners();
  let count = 0;
  return {
    count: () => count,
    beforeCommit: async () => undefined,
    afterCommit: (announcement) => {
      count++;
      listeners.tell(announcement);
    },
    listen: (listener, name) => listeners.add(listener, name),
    close: async () => listeners.clear(),
  };
}
