import { z } from 'zod';
import type { Dome, DomeStatus } from '../dome/dome.ts';
import type { Conversation } from '../link/conversation.ts';
import type { Telescope } from '../telescope/telescope.ts';
import { telescopeStatusSchema } from '../telescope/telescope-status.ts';

/**
 * Light goes where things are, not where they say they are: the mount as a camera looks through it, by
 * what `SIM TRUTH` tells of it. `telescope` takes whatever else is asked.
 */
export function trueTelescope(telescope: Telescope, simulator: Conversation): Telescope {
  return {
    ...telescope,
    status: () => simulator.query('SIM TRUTH', mountTruthSchema),
    close: async () => {
      await Promise.all([simulator.close(), telescope.close()]);
    },
  };
}

/** The dome as light meets it; `now` is UTC ms. */
export function trueDome(dome: Dome, simulator: Conversation, now: () => number): Dome {
  return {
    ...dome,
    status: async () => asStatus(await simulator.query('SIM TRUTH', domeTruthSchema), now()),
    disconnect: async () => {
      await Promise.all([simulator.close(), dome.disconnect()]);
    },
  };
}

const mountTruthSchema = telescopeStatusSchema.extend({ tracks: z.number() });

const domeTruthSchema = z.strictObject({
  openFraction: z.number().min(0).max(1),
  azimuthDeg: z.number().min(0).lt(360),
});

function asStatus(truth: z.infer<typeof domeTruthSchema>, atMs: number): DomeStatus {
  const { openFraction, azimuthDeg } = truth;
  const ends = openFraction <= 0 ? 'closed' : 'intermediate';
  const shutter = openFraction >= 1 ? 'open' : ends;
  return { shutter, azimuthDeg, rotating: false, homing: false, permitSeconds: 0, atMs };
}
