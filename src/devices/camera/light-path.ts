import { separationDeg } from '#sky';
import type { Dome } from '../dome/dome.ts';
import type { Pointing, Telescope } from '../telescope/telescope.ts';

/** What stands in front of a camera at one instant. */
export interface Light extends Pointing {
  readonly tracking: boolean;
  /** The shutter of the dome is fully open. */
  readonly domeOpen: boolean;
}

/** How a simulated camera sees the sky: by asking the devices that light passes through. */
export interface LightPath {
  look(): Promise<Light>;
  close(): Promise<void>;
}

/** The light that reached the detector during an exposure. */
export interface ExposureLight {
  readonly center: Pointing;
  /** 0 (nothing) to 1 (all of it). */
  readonly transmission: number;
  /** How far stars trailed, arcseconds. */
  readonly trailArcsec: number;
}

/** No light at all. */
export const DARKNESS: ExposureLight = {
  center: { raDeg: 0, decDeg: 0 },
  transmission: 0,
  trailArcsec: 0,
};

/** The sky's apparent turn, arcseconds per second of time. */
const SIDEREAL_ARCSEC_PER_SECOND = 15.04;
/** A longer trail only spreads the same light thinner. */
const LONGEST_TRAIL_ARCSEC = 60;
/** The mount tracked one target when it looked at the same place at both ends, degrees. */
const SAME_PLACE_DEG = 0.01;

/** Light through a mount and a dome, by the contracts that everybody uses. */
export function lightThrough(telescope: Telescope, dome: Dome): LightPath {
  return {
    look: async () => {
      const [mount, { shutter }] = await Promise.all([telescope.status(), dome.status()]);
      const { raDeg, decDeg, motion } = mount;
      return { raDeg, decDeg, tracking: motion === 'tracking', domeOpen: shutter === 'open' };
    },
    close: async () => {
      await Promise.all([telescope.close(), dome.disconnect()]);
    },
  };
}

/** What an exposure collected, from looks when its shutter opened and when it shut. */
export function exposureLight(opened: Light, shut: Light, seconds: number): ExposureLight {
  const transmission = (Number(opened.domeOpen) + Number(shut.domeOpen)) / 2;
  const isSteady = opened.tracking && shut.tracking && separationDeg(opened, shut) < SAME_PLACE_DEG;
  const trail = Math.min(LONGEST_TRAIL_ARCSEC, SIDEREAL_ARCSEC_PER_SECOND * seconds);
  const center = { raDeg: opened.raDeg, decDeg: opened.decDeg };
  return { center, transmission, trailArcsec: isSteady ? 0 : trail };
}
