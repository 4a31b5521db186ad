import type { Database } from '#db';
import type { Dome, Focuser, Pointing, Telescope } from '#devices';
import { freezes, readSafety, type StoredCause } from '#environment';
import { type Clock, PyrosError } from '#platform';
import type { Unit } from '#unit';
import { mountLimits, whyNotThere } from '../start-check.ts';

/** What moves. */
export interface Movers {
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly focusers: ReadonlyMap<string, Focuser>;
}

/**
 * The gate before every motion of the observer (hazard F23): while the emergency stop or an intrusion
 * stands, by the last word of the env monitoring however old, nothing is sent anywhere, and what moves is
 * stopped. The shutter is not behind it: it closes.
 */
export class MotionGate implements Movers {
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly focusers: ReadonlyMap<string, Focuser>;
  readonly #movers: Movers;
  readonly #database: Database;

  constructor(movers: Movers, database: Database) {
    const { telescope, dome, focusers } = movers;
    this.#movers = movers;
    this.#database = database;
    const gated =
      <A extends unknown[]>(order: (...about: A) => Promise<void>) =>
      async (...about: A): Promise<void> => {
        await this.assertOpen();
        await order(...about);
      };
    this.telescope = gatedTelescope(telescope, () => this.assertOpen());
    this.dome = overlaid(dome, {
      turn: gated((azimuthDeg) => dome.turn(azimuthDeg)),
      home: gated(() => dome.home()),
    });
    this.focusers = new Map(
      [...focusers].map(([alias, focuser]) => [
        alias,
        overlaid(focuser, { move: gated((steps) => focuser.move(steps)) }),
      ]),
    );
  }

  /** Why nothing may move, in a sentence; null when it may. */
  why(): Promise<string | null> {
    return whyFrozen(this.#database);
  }

  /** Throws `UNSAFE` while nothing may move. */
  assertOpen(): Promise<void> {
    return assertMotion(this.#database);
  }

  /** Stops every motion, each as well as it can be; one that does not answer delays no other. */
  async halt(): Promise<void> {
    const { telescope, dome, focusers } = this.#movers;
    await Promise.allSettled([
      telescope.stop(),
      haltSlit(dome),
      ...[...focusers.values()].map((focuser) => focuser.stop()),
    ]);
  }
}

async function whyFrozen(database: Database): Promise<string | null> {
  const row = await readSafety(database);
  const alarms = causesIn(row?.causes ?? '[]').filter(freezes);
  return alarms.length === 0 ? null : alarms.map(({ sentence }) => sentence).join('; ');
}

async function assertMotion(database: Database): Promise<void> {
  const why = await whyFrozen(database);
  if (why !== null) throw new PyrosError('UNSAFE', `Nothing may move: ${why}.`);
}

/** A telescope of which every motion is asked for first; the target is absent where it goes elsewhere. */
function gatedTelescope(
  telescope: Telescope,
  assertMay: (target?: Pointing) => Promise<void>,
): Telescope {
  return overlaid(telescope, {
    goto: async (target) => {
      await assertMay(target);
      await telescope.goto(target);
    },
    park: async () => {
      await assertMay();
      await telescope.park();
    },
    home: async () => {
      await assertMay();
      await telescope.home();
    },
    native: async (request) => {
      await assertMay();
      return await telescope.native(request);
    },
  });
}

/**
 * The telescope as people have it by hand: behind the same gate, and not for the Sun nor beyond a limit
 * of the mount. What it is told in its own language cannot be looked into, and is only stopped by alarms.
 */
export function telescopeByHand(
  telescope: Telescope,
  { unit, clock, database }: { unit: Unit; clock: Clock; database: Database },
): Telescope {
  return gatedTelescope(telescope, async (target) => {
    await assertMotion(database);
    const why = target ? whyNotThere(target, mountLimits(unit), clock.now()) : null;
    if (why) throw new PyrosError('TARGET_LIMIT', `The telescope is not sent there: ${why}`);
  });
}

/** A dome has no order to stop its slit: it is sent to where it is. */
async function haltSlit(dome: Dome): Promise<void> {
  const { rotating, azimuthDeg } = await dome.status();
  if (rotating) await dome.turn(azimuthDeg);
}

/** A device with some of its methods replaced; the others are its own. */
function overlaid<T extends object>(device: T, own: Partial<T>): T {
  return new Proxy(device, {
    get: (target, name) => {
      const value: unknown = Reflect.get(Object.hasOwn(own, name) ? own : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function causesIn(text: string): readonly Pick<StoredCause, 'key' | 'sentence'>[] {
  try {
    const causes: unknown = JSON.parse(text);
    return Array.isArray(causes) ? causes.filter(isCause) : [];
  } catch {
    return [];
  }
}

function isCause(given: unknown): given is Pick<StoredCause, 'key' | 'sentence'> {
  if (typeof given !== 'object' || given === null) return false;
  const { key, sentence } = given as Record<string, unknown>;
  return typeof key === 'string' && typeof sentence === 'string';
}
