import { Body, Equator, Illumination, Observer, SearchRiseSet } from 'astronomy-engine';
import type { RaDec } from './angles.ts';
import { type AltAz, skyAt } from './horizontal.ts';
import type { Site } from './site.ts';
import { astroTime, dut1TurnDeg, msOfAstroTime } from './time.ts';
import { unit } from './vector.ts';

/**
 * Where a body stands for a site, parallax included, without refraction. `raDeg` and `decDeg` are
 * the ICRS direction that `altAz` puts there: what to compare with a target, or to point at.
 */
export interface BodyPosition extends RaDec, AltAz {}

export interface MoonPosition extends BodyPosition {
  /** Lit fraction of the disc, 0 new to 1 full. */
  readonly illumination: number;
}

/** The Sun from a site at an instant (UTC ms). */
export function sunPosition(site: Site, ms: number): BodyPosition {
  return bodyPosition(Body.Sun, site, ms);
}

/** The Moon from a site at an instant (UTC ms). */
export function moonPosition(site: Site, ms: number): MoonPosition {
  const illumination = Illumination(Body.Moon, astroTime(ms)).phase_fraction;
  return { ...bodyPosition(Body.Moon, site, ms), illumination };
}

/**
 * The first rise and the first set of the Moon in a stretch of time, null where there is none: the
 * upper limb on a flat sea horizon, 34′ of refraction, as almanacs print it.
 */
export function moonRiseSet(
  site: Site,
  startMs: number,
  endMs: number,
): { riseMs: number | null; setMs: number | null } {
  // At sea level, because the engine thins the 34′ with the height of the observer.
  const observer = new Observer(site.latDeg, site.lonDeg, 0);
  // The engine takes a negative stretch for a search backwards.
  if (endMs <= startMs) return { riseMs: null, setMs: null };
  const days = (endMs - startMs) / 86_400_000;
  const first = (direction: number) => {
    const time = SearchRiseSet(Body.Moon, observer, direction, astroTime(startMs), days);
    return time ? msOfAstroTime(time) : null;
  };
  return { riseMs: first(+1), setMs: first(-1) };
}

/** A body of the solar system from a site at an instant (UTC ms). */
export function bodyPosition(body: Body, site: Site, ms: number): BodyPosition {
  const lonDeg = site.lonDeg + dut1TurnDeg(site.dut1Seconds ?? 0);
  const observer = new Observer(site.latDeg, lonDeg, site.altitudeM);
  const apparent = unit(Equator(body, astroTime(ms), observer, false, true).vec);
  const sky = skyAt(site, ms);
  const { altDeg, azDeg } = sky.altAzOfApparent(apparent);
  return { ...sky.icrs({ altDeg, azDeg }), altDeg, azDeg };
}
