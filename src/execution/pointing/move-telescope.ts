import { PyrosError } from '#platform';
import type { RaDec } from '#sky';
import type { ObservingTools } from '../observing-tools.ts';
import { waitUntil } from '../wait-until.ts';

/** A move of less than a degree, settling included, seconds. */
const LONGEST_SECONDS = 60;

/**
 * Moves a telescope that tracks by a little, and waits until it tracks there. Gives how long it took,
 * seconds.
 */
export async function moveTelescope(
  { telescope, clock }: Pick<ObservingTools, 'telescope' | 'clock'>,
  place: RaDec,
  signal: AbortSignal,
): Promise<number> {
  const began = clock.monotonic();
  await telescope.goto(place);
  await waitUntil({
    clock,
    signal,
    timeoutSeconds: LONGEST_SECONDS,
    what: 'The small move of the telescope',
    look: async () => {
      const { motion, remainingSeconds } = await telescope.status();
      if (motion === 'tracking') return { done: true, value: undefined };
      if (motion === 'slewing') return { done: false, remainingSeconds };
      throw new PyrosError('SLEW_FAILED', `The mount is ${motion} instead of moving.`);
    },
  });
  return Math.round((clock.monotonic() - began) / 10) / 100;
}
