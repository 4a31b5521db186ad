import type { Database, Transaction } from '#db';
import type { World } from './execution-world.ts';

/** Where a life ends: at its so-manieth write, counted from 1, before or after the commit. */
export interface DeathAt {
  readonly write: number;
  readonly when: 'before' | 'after';
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * A life in this process that can die as by SIGKILL, or be held up as by SIGSTOP: nothing that it asks
 * of the database or of a device is done from then on.
 */
export class MortalLife {
  /** Writes so far, and what was asked of its devices, in order. */
  writes = 0;
  readonly asked: string[] = [];
  isDead = false;
  readonly #death: DeathAt | null;
  #held: Promise<void> | null = null;
  #release: () => void = () => undefined;

  constructor(death: DeathAt | null = null) {
    this.#death = death;
  }

  /** Nothing is done until `resume`; what was asked for meanwhile is done then. */
  suspend(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    this.#release = resolve;
  }

  resume(): void {
    this.#held = null;
    this.#release();
  }

  /** The same world for this life. */
  worldOf(world: World): World {
    const database = this.#databaseOf(world.database);
    return { ...world, database, context: (name) => ({ ...world.context(name), database }) };
  }

  /** A device, or anything with methods that give promises. */
  handOf<T extends object>(device: T): T {
    return new Proxy(device, {
      get: (target, key) => {
        const method: unknown = Reflect.get(target, key, target);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          await this.#turn();
          this.asked.push(String(key));
          return await (Reflect.apply(method, target, args) as Promise<unknown>);
        };
      },
    });
  }

  async #turn(): Promise<void> {
    if (this.isDead) await never();
    await this.#held;
    if (this.isDead) await never();
  }

  #databaseOf(database: Database): Database {
    const transaction = <T>(work: (open: Transaction) => Promise<T>) => this.#write(database, work);
    return new Proxy(database, {
      get: (target, key) => {
        if (key === 'transaction') return transaction;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  async #write<T>(database: Database, work: (open: Transaction) => Promise<T>): Promise<T> {
    await this.#turn();
    const isLast = ++this.writes === this.#death?.write;
    if (isLast && this.#death?.when === 'before') return await this.#dieBefore(database, work);
    const result = await database.transaction(work);
    if (!isLast) return result;
    this.isDead = true;
    return await never();
  }

  /** All was done but the commit: it is undone, and nobody is told. */
  async #dieBefore<T>(database: Database, work: (open: Transaction) => Promise<T>): Promise<T> {
    const undone = new Error('undone');
    await database
      .transaction(async (open) => {
        await work(open);
        this.isDead = true;
        throw undone;
      })
      .catch(() => undefined);
    this.isDead = true;
    return await never();
  }
}
