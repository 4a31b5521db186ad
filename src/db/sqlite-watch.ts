import { realpathSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterRealMs, everyRealMs } from '#platform';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';
import type { SqliteFile } from './sqlite-file.ts';

/**
 * Looks after the file was written or news was seen, each so many real milliseconds after the one
 * before. The file grows before its commit can be seen: mostly by microseconds, by more when the
 * writer loses the processor in between. And where much is written, one look per millisecond costs
 * less than to hear of every write: so the folder is watched again only after the first looks found nothing.
 */
const PAUSES = [1, 2, 4, 16, 64];
const WATCHED_FROM = 2;
/** For what the watching may have missed. */
const LOOK_EVERY_REAL_MS = 250;
/** Where folders cannot be watched, or are watched at leisure. */
const LOOK_OFTEN_REAL_MS = 8;

/**
 * Sees other processes' commits: the system tells when the write-ahead log of `file` is written, then
 * SQLite is asked whether there is something new. It cannot tell for whom: everybody is woken.
 */
export function sqliteWatch(
  file: string,
  connection: Pick<SqliteFile, 'dataVersion'>,
): ChangeWatch {
  const own = memoryWatch();
  let last = connection.dataVersion();
  const sees = () => {
    try {
      const before = last;
      last = connection.dataVersion();
      return last !== before;
    } catch {
      return false; // Another process recovers the file: whoever reads it waits or says so.
    }
  };
  const lookout = new Lookout(file, {
    sees,
    tell: () => own.afterCommit({ everybody: true, names: new Set() }),
  });
  return {
    ...own,
    close: async () => {
      lookout.stop();
      await own.close();
    },
  };
}

interface News {
  /** Whether there is something new since the last look. */
  readonly sees: () => boolean;
  readonly tell: () => void;
}

/** Decides when to look. */
class Lookout {
  readonly #file: string;
  readonly #news: News;
  readonly #stopTicking: () => void;
  #stopWatching: (() => void) | null = null;
  #looks = 0;
  #forget: () => void = () => undefined;

  constructor(file: string, news: News) {
    this.#file = realpathSync(file);
    this.#news = news;
    this.#watch();
    const isWatching = this.#stopWatching !== null && process.platform === 'linux';
    const pause = isWatching ? LOOK_EVERY_REAL_MS : LOOK_OFTEN_REAL_MS;
    this.#stopTicking = everyRealMs(pause, () => {
      if (this.#news.sees()) this.#news.tell();
    });
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
    this.#look();
  }

  #look(): void {
    this.#forget();
    // Before this look, so that nothing is written unseen between the two.
    if (this.#looks >= WATCHED_FROM && !this.#stopWatching) this.#watch();
    const isNew = this.#news.sees();
    if (isNew) this.#looks = 0;
    const pause = PAUSES[this.#looks];
    this.#looks += 1;
    if (pause !== undefined) this.#forget = afterRealMs(pause, () => this.#look());
    if (isNew) this.#news.tell();
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
