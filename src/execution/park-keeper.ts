import { type Command, commandsOf, isEnded, readCommand, type Work } from '#agent';
import type { Database } from '#db';
import type { TelescopeStatus } from '#devices';
import { isParked } from '#environment';
import { type Clock, parseIso } from '#platform';
import type { DomeSpec, MountSpec } from '#unit';
import type { AlarmBook } from './alarm-book.ts';
import { readDeviceStatuses } from './execution-store.ts';

/** An order to park that the observer has not taken up after this is void, seconds. */
const PARK_VALIDITY_SECONDS = 600;
/** Between an order that failed and the next one, seconds. */
const RETRY_SECONDS = 30;
/** A telescope that is not parked so long after it had to be is told of, and again each ten minutes, seconds. */
const PATIENCE_SECONDS = 300;
const REMIND_SECONDS = 600;
/** The observer sees that it is parked, and tells it, within this, seconds. */
const TELLING_SECONDS = 30;
/** A roof that waits for it, or closes over it, is told of each minute. */
const URGENT_SECONDS = 60;
/** What the telescope said before that long ago proves nothing, seconds. */
const OLDEST_SECONDS = 60;

/**
 * Whether the last word of a telescope proves that it is parked: it is not too old, the telescope
 * answers, says so, and is within the mount's tolerance of its park place (hazard F16).
 */
export function isProvedParked(
  row: { readonly updated: string; readonly status: Record<string, unknown> } | undefined,
  mount: Pick<MountSpec, 'park' | 'parkToleranceDeg'>,
  now: { readonly nowMs: number; readonly maxAgeSeconds: number },
): boolean {
  if (!row || row.status.connected === false) return false;
  if (Math.abs(now.nowMs - parseIso(row.updated)) > now.maxAgeSeconds * 1000) return false;
  // A direction that is missing is no number, and no number is near to the park place.
  return isParked(row.status as unknown as TelescopeStatus, mount);
}

export interface ParkKeeperParts {
  readonly observer: string;
  readonly mount: MountSpec;
  readonly clock: Clock;
  readonly database: Database;
  readonly alarms: AlarmBook;
  /** How a roof waits for it; undefined: the dome waits for nothing. */
  readonly roof: DomeSpec['parkFirst'];
}

/** Has the observer park the telescope, and again while it is not proved parked. */
export class ParkKeeper {
  readonly #parts: ParkKeeperParts;
  #orderId = 0;
  #orderedMs = Number.NEGATIVE_INFINITY;
  /** Since when it should be parked and is not proved to be, monotonic ms. */
  #awaySinceMs: number | null = null;
  #parkedSinceMs: number | null = null;

  constructor(parts: ParkKeeperParts) {
    this.#parts = parts;
  }

  async isParked(): Promise<boolean> {
    const { clock, mount, database } = this.#parts;
    const statuses = await readDeviceStatuses(database);
    const now = { nowMs: clock.now(), maxAgeSeconds: clock.allow(OLDEST_SECONDS) };
    return isProvedParked(statuses.get('telescope'), mount, now);
  }

  /** The order to give now, or null when the telescope is parked or about to be. */
  async step(): Promise<((work: Work) => Promise<void>) | null> {
    if (await this.isParked()) return null;
    this.#parkedSinceMs = null;
    const { clock, observer } = this.#parts;
    if (clock.monotonic() - this.#orderedMs < clock.allow(RETRY_SECONDS) * 1000) return null;
    if (await this.#isUnderWay()) return null;
    return async (work) => {
      const validitySeconds = clock.allow(PARK_VALIDITY_SECONDS);
      const order = { name: 'park', payload: {}, validitySeconds };
      this.#orderId = await work.send(observer, order);
      this.#orderedMs = clock.monotonic();
    };
  }

  /** It is parked, and who parked it has yet to tell so; not for ever, for that one may be dead. */
  async isBeingTold(): Promise<boolean> {
    const { clock } = this.#parts;
    const nowMs = clock.monotonic();
    this.#parkedSinceMs ??= nowMs;
    if (nowMs - this.#parkedSinceMs > clock.allow(TELLING_SECONDS) * 1000) return false;
    return await this.#isUnderWay();
  }

  /** Tells for as long as it lasts that a telescope that had to park is not proved parked (F15, F16). */
  async warn(isWell: boolean): Promise<void> {
    const { clock, alarms, roof } = this.#parts;
    const nowMs = clock.monotonic();
    this.#awaySinceMs = isWell ? null : (this.#awaySinceMs ?? nowMs);
    const patienceSeconds = clock.allow(roof?.deadlineSeconds ?? PATIENCE_SECONDS);
    const isLate =
      this.#awaySinceMs !== null && nowMs - this.#awaySinceMs >= patienceSeconds * 1000;
    const severity = roof ? 'CRITICAL' : 'SERIOUS';
    const everySeconds = roof ? URGENT_SECONDS : REMIND_SECONDS;
    const sentence = `The telescope was told to park and is not proved parked.${roofWords(roof)}`;
    await alarms.show({ key: 'park', severity, everySeconds }, isLate ? sentence : '');
  }

  /** An order of this life or of an earlier one. */
  async #isUnderWay(): Promise<boolean> {
    const { database, observer } = this.#parts;
    const order = this.#orderId === 0 ? null : await readCommand(database, this.#orderId);
    if (order) return !isEnded(order.state);
    return (await ordersUnderWay(database, observer, 'park')).length > 0;
  }
}

function roofWords(roof: DomeSpec['parkFirst']): string {
  if (!roof) return '';
  return roof.thenClose ? ' The roof closes all the same.' : ' The roof waits for a person.';
}

/** Commands of that name which an agent has not ended. */
export async function ordersUnderWay(
  database: Database,
  recipient: string,
  name: string,
): Promise<readonly Command[]> {
  const orders = await commandsOf(database, { recipient, states: ['PENDING', 'RUNNING'] });
  return orders.filter((one) => one.name === name);
}
