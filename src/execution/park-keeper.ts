import { commandsOf, isEnded, readCommand, type Work } from '#agent';
import type { Database } from '#db';
import type { Clock } from '#platform';
import { readDeviceStatuses } from './execution-store.ts';

/** An order to park that the observer has not taken up after this is void, seconds. */
const PARK_VALIDITY_SECONDS = 600;
/** Between an order that failed and the next one, seconds. */
const RETRY_SECONDS = 30;

/** Has the observer park the telescope, and again while it is not parked. */
export class ParkKeeper {
  readonly #observer: string;
  readonly #clock: Clock;
  readonly #database: Database;
  #orderId = 0;
  #orderedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { observer: string; clock: Clock; database: Database }) {
    this.#observer = parts.observer;
    this.#clock = parts.clock;
    this.#database = parts.database;
  }

  /** The order to give now, or null when the telescope is parked or about to be. */
  async step(): Promise<((work: Work) => Promise<void>) | null> {
    const statuses = await readDeviceStatuses(this.#database);
    if (statuses.get('telescope')?.status.motion === 'parked') return null;
    if (this.#clock.monotonic() - this.#orderedMs < this.#clock.allow(RETRY_SECONDS) * 1000) {
      return null;
    }
    if (await this.#isUnderWay()) return null;
    return async (work) => {
      const validitySeconds = this.#clock.allow(PARK_VALIDITY_SECONDS);
      const order = { name: 'park', payload: {}, validitySeconds };
      this.#orderId = await work.send(this.#observer, order);
      this.#orderedMs = this.#clock.monotonic();
    };
  }

  /** An order of this life or of an earlier one. */
  async #isUnderWay(): Promise<boolean> {
    const order = this.#orderId === 0 ? null : await readCommand(this.#database, this.#orderId);
    if (order) return !isEnded(order.state);
    const where = { recipient: this.#observer, states: ['PENDING', 'RUNNING'] as const };
    const orders = await commandsOf(this.#database, where);
    return orders.some((one) => one.name === 'park');
  }
}
