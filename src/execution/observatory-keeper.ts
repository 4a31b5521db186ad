import type { Work } from '#agent';
import type { Database } from '#db';
import { type Clock, iso } from '#platform';
import { type ObservatoryRow, readObservatory, writeObservatory } from './execution-store.ts';

/** Does something in a transaction of the Majordome; gives what then changes in its row. */
export type RowChange = (work: Work, row: ObservatoryRow) => Promise<Partial<ObservatoryRow>>;

/** Columns by which an older page is known to be out of date. */
const ACTS = ['mode', 'locked', 'remote', 'bypass'] as const;

/** The row of an observatory that was never started. */
export function firstRow(since: string): ObservatoryRow {
  return {
    mode: 'STARTING',
    since,
    reason: 'the Majordome starts',
    locked: 0,
    locked_by: '',
    locked_reason: '',
    remote: 0,
    remote_by: '',
    bypass: 0,
    bypass_by: '',
    bypass_reason: '',
    bypass_asked: null,
    bypass_until: null,
    version: 0,
    pauses: '[]',
    calibrated: '',
    night: '',
    night_ack: 0,
    running_sequence_id: 0,
    running_command_id: 0,
  };
}

/**
 * The one row of what the Majordome must remember. Changes come one after the other, each from what
 * the database holds; acts of persons and the loop may ask for them at the same time.
 */
export class ObservatoryKeeper {
  readonly #database: Database;
  readonly #transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  #row: ObservatoryRow;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    database: Database;
    clock: Clock;
    transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  }) {
    this.#database = parts.database;
    this.#transact = parts.transact;
    this.#row = firstRow(iso(parts.clock.now()));
  }

  get row(): ObservatoryRow {
    return this.#row;
  }

  async reload(): Promise<void> {
    this.#row = (await readObservatory(this.#database)) ?? this.#row;
  }

  /** Changes the row and tells of it, whole or not at all. */
  async change(change: RowChange): Promise<void> {
    await this.exclusive(() => this.#transact((work) => this.apply(work, change)));
  }

  /** Runs a task that ends in one `apply` at most, while nobody else changes the row. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        return await task();
      } finally {
        await this.reload();
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Inside `exclusive`, and inside a transaction. */
  async apply(work: Work, change: RowChange): Promise<void> {
    const before = (await readObservatory(work)) ?? this.#row;
    const after = { ...before, ...(await change(work, before)) };
    const acted = ACTS.some((column) => after[column] !== before[column]);
    await writeObservatory(work, { ...after, version: before.version + (acted ? 1 : 0) });
  }
}
