import { realpathSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterRealMs, everyRealMs } from '#platform';
import { AnnouncementCounters, type Counter, READ_COUNTERS } from './announcement-counters.ts';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';
import type { Announcement } from './listeners.ts';
import type { SqliteFile } from './sqlite-file.ts';

/**
 * Looks after the file was written or news was seen, each so many real milliseconds after the one
 * before. The file grows before its commit can be seen: mostly by microseconds, by more when the
 * writer loses the processor in between. And where much is written, one look per millisecond costs
 * less than to hear of every write: so the folder is watched again only after the first looks found nothing.
 */
const PAUSES = [1, 2, 4, 16, 64];
const WATCHED_FROM = 2;
/** A commit that is for nobody here explains what was heard: one look more, in case it was not all. */
const LAST_LOOK = PAUSES.length - 1;
/** For what the watching may have missed. */
const LOOK_EVERY_REAL_MS = 500;
/** Where folders cannot be watched, or are watched at leisure. */
const LOOK_OFTEN_REAL_MS = 8;

/**
 * Sees other processes' commits: the system tells when the write-ahead log of `file` is written, then
 * SQLite is asked, on a connection for this alone, whether somebody committed, and if so for whom
 * something was announced.
 */
export function sqliteWatch(file: string, connection: SqliteFile): ChangeWatch {
  const own = memoryWatch();
  const counters = new AnnouncementCounters('sqlite');
  const counted = new WeakMap<Announcement, readonly Counter[]>();
  const news = newsOf(connection, counters);
  const look = () => {
    const seen = news();
    if (seen.announced) own.afterCommit(seen.announced);
    return seen;
  };
  news();
  const lookout = new Lookout(file, look);
  return {
    ...own,
    count: () => null,
    beforeCommit: async (transaction, announcement) => {
      counted.set(announcement, await counters.count(transaction, announcement));
    },
    afterCommit: (announcement) => {
      counters.isOurs(counted.get(announcement) ?? []);
      own.afterCommit(announcement);
    },
    close: async () => {
      lookout.stop();
      connection.close();
      await own.close();
    },
  };
}

interface News {
  /** Whether anybody committed anything since the last look. */
  readonly isWritten: boolean;
  /** For whom something was announced. */
  readonly announced: Announcement | null;
}

function newsOf(connection: SqliteFile, counters: AnnouncementCounters): () => News {
  let last: number | null = null;
  return () => {
    try {
      const version = connection.dataVersion();
      if (version === last) return { isWritten: false, announced: null };
      const rows = connection.prepare(READ_COUNTERS).all([]) as Counter[];
      last = version;
      return { isWritten: true, announced: counters.newsIn(rows) };
    } catch {
      // Another process recovers the file, or its tables are not there yet.
      return { isWritten: false, announced: null };
    }
  };
}

/** Decides when to look. */
class Lookout {
  readonly #file: string;
  /** Looks, and tells what is new. */
  readonly #look: () => News;
  readonly #stopTicking: () => void;
  #stopWatching: (() => void) | null = null;
  #looks = 0;
  #forget: () => void = () => undefined;

  constructor(file: string, look: () => News) {
    this.#file = realpathSync(file);
    this.#look = look;
    this.#watch();
    const isWatching = this.#stopWatching !== null && process.platform === 'linux';
    const pause = isWatching ? LOOK_EVERY_REAL_MS : LOOK_OFTEN_REAL_MS;
    this.#stopTicking = everyRealMs(pause, () => this.#look());
  }

  stop(): void {
    this.#forget();
    this.#stopTicking();
    this.#stopWatching?.();
    this.#stopWatching = null;
  }

  #written(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    this.#looks = 0;
    this.#lookRound();
  }

  #lookRound(): void {
    this.#forget();
    // Before this look, so that nothing is written unseen between the two.
    if (this.#looks >= WATCHED_FROM && !this.#stopWatching) this.#watch();
    const { announced, isWritten } = this.#look();
    if (announced) this.#looks = 0;
    else if (isWritten && this.#looks < LAST_LOOK) {
      this.#looks = LAST_LOOK;
      this.#lookRound();
      return;
    }
    const pause = PAUSES[this.#looks];
    this.#looks += 1;
    if (pause !== undefined) this.#forget = afterRealMs(pause, () => this.#lookRound());
  }

  #watch(): void {
    // The folder, as the log goes and comes with the first and the last connection.
    const log = `${basename(this.#file)}-wal`;
    try {
      const watcher = watch(dirname(this.#file), { persistent: false }, (_event, name) => {
        if (name === log && this.#stopWatching) this.#written();
      });
      watcher.on('error', () => watcher.close());
      this.#stopWatching = () => watcher.close();
    } catch {
      // Not every system can: then only the clock remains.
    }
  }
}
