import type { Telescope } from '#devices';
import { isParked } from '#environment';
import { type Clock, codeOf, PyrosError } from '#platform';
import type { MountSpec } from '#unit';
import { waitUntil } from './wait-until.ts';

/** The longest way to the park position, or to the reference marks, seconds. */
const PARK_SECONDS = 300;

export interface Parking {
  readonly telescope: Telescope;
  readonly mount: MountSpec;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Parks the telescope. What calls itself parked is believed where it measures to be there (hazard F16);
 * where it is not, it looks for its reference marks and parks once more.
 *
 * @throws PyrosError `PARK_DISPROVED` when it says parked and is elsewhere, also then; `DEVICE_TIMEOUT`.
 */
export async function parkTelescope(parking: Parking): Promise<void> {
  try {
    await park(parking);
  } catch (error) {
    if (codeOf(error) !== 'PARK_DISPROVED') throw error;
    await findHome(parking);
    await park(parking);
  }
}

async function park({ telescope, mount, clock, signal }: Parking): Promise<void> {
  await telescope.park();
  await waitUntil({
    clock,
    signal,
    timeoutSeconds: PARK_SECONDS,
    what: 'Parking',
    look: async () => {
      const status = await telescope.status();
      const { motion, remainingSeconds } = status;
      if (motion !== 'parked') return { done: false, remainingSeconds };
      if (isParked(status, mount)) return { done: true, value: undefined };
      const where = `${status.altDeg.toFixed(1)}° high, azimuth ${status.azDeg.toFixed(1)}°`;
      const sentence = `${mount.alias} says that it is parked, but it points ${where}.`;
      throw new PyrosError('PARK_DISPROVED', sentence);
    },
  });
}

/** A mount that knows no such motion is stopped: that too ends what it takes for its park. */
async function findHome({ telescope, clock, signal }: Parking): Promise<void> {
  try {
    await telescope.home();
  } catch {
    await telescope.stop();
  }
  await waitUntil({
    clock,
    signal,
    timeoutSeconds: PARK_SECONDS,
    what: 'Homing',
    look: async () => {
      const { motion, remainingSeconds } = await telescope.status();
      const isMoving = motion === 'homing' || motion === 'slewing' || motion === 'unknown';
      return isMoving ? { done: false, remainingSeconds } : { done: true, value: undefined };
    },
  });
}
