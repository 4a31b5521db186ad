import type { Database, Transaction } from '#db';

/** Where a process dies: at its so-manieth write, counted from 1, before or after the commit. */
export interface Death {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** Makes this process die by SIGKILL at one of its writes; gives how to ask how many it has made. */
export function makeMortal(database: Database, death: Death | null): () => number {
  const transaction = database.transaction.bind(database);
  let writes = 0;
  database.transaction = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const isLast = ++writes === death?.write;
    const result = await transaction(async (inside) => {
      const value = await work(inside);
      if (isLast && death.when === 'before') await die();
      return value;
    });
    if (isLast) await die();
    return result;
  };
  return () => writes;
}

/** The signal arrives at once; nothing of this process runs after it. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}
