import { type Database, type DatabaseOptions, openDatabase, parseDatabaseUrl } from '#db';
import { RealClock, sentenceOf } from '#platform';

/** A server may be restarting: it is waited for so long, real seconds. */
const PATIENCE_SECONDS = 30;
const PAUSE_SECONDS = 1;

const realClock = new RealClock();

/**
 * Opens the database; a server that is away is waited for, and `tell` told so once. A file is there
 * or not. Throws what {@link openDatabase} throws when the patience is spent.
 */
export async function openPatiently(
  url: string,
  options: DatabaseOptions,
  tell: (sentence: string) => void,
): Promise<Database> {
  const isServer = parseDatabaseUrl(url).engine !== 'sqlite';
  const deadlineMs = realClock.monotonic() + PATIENCE_SECONDS * 1000;
  for (let tries = 1; ; tries++) {
    try {
      return await openDatabase(url, options);
    } catch (error) {
      if (!isServer || realClock.monotonic() > deadlineMs) throw error;
      if (tries === 1) tell(`${sentenceOf(error)} Waiting for it, ${PATIENCE_SECONDS} s at most.`);
      await realClock.sleep(PAUSE_SECONDS);
    }
  }
}
