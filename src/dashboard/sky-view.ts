import { brightStars } from '#devices';
import { iso, parseIso } from '#platform';
import {
  moonPosition,
  moonRiseSet,
  nightBounds,
  placeOf,
  skyAt,
  sunPosition,
  twilightMarks,
} from '#sky';
import type { BarState, Tonight, TwilightMarks } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';

const SHOWN_MAGNITUDE = 3.6;
const HOUR_MS = 3_600_000;

/** The marks of a night change once a day and cost milliseconds: they are kept. */
const keptMarks = new Map<
  string,
  { twilight: TwilightMarks; moon: { riseAt: string | null; setAt: string | null } }
>();

/** Twilights and moonrise of the night. */
export function nightMarks(sources: Pick<TonightSources, 'unit'>, night: string) {
  const { site } = sources.unit;
  const key = `${night} ${site.latDeg} ${site.lonDeg}`;
  const kept = keptMarks.get(key);
  if (kept) return kept;
  const at = (ms: number | null) => (ms === null ? null : iso(ms));
  const marks = twilightMarks(site, night);
  const bounds = nightBounds(night, site.lonDeg);
  const moon = moonRiseSet(site, bounds.startMs, bounds.endMs);
  const made = {
    twilight: {
      sunset: at(marks.sunsetMs),
      civilDusk: at(marks.civilDuskMs),
      nauticalDusk: at(marks.nauticalDuskMs),
      astronomicalDusk: at(marks.astronomicalDuskMs),
      astronomicalDawn: at(marks.astronomicalDawnMs),
      nauticalDawn: at(marks.nauticalDawnMs),
      civilDawn: at(marks.civilDawnMs),
      sunrise: at(marks.sunriseMs),
      chartStart: iso((marks.sunsetMs ?? bounds.startMs) - HOUR_MS),
      chartEnd: iso((marks.sunriseMs ?? bounds.endMs) + HOUR_MS),
    },
    moon: { riseAt: at(moon.riseMs), setAt: at(moon.setMs) },
  };
  keptMarks.clear();
  keptMarks.set(key, made);
  return made;
}

/** What the charts of a night span, UTC ms. */
export function chartSpan({ chartStart, chartEnd }: TwilightMarks) {
  return { startMs: parseIso(chartStart), endMs: parseIso(chartEnd) };
}

/** Sun and Moon now. */
export function sunAndMoon(sources: TonightSources) {
  const { site } = sources.unit;
  const sun = sunPosition(site, sources.nowMs);
  const moon = moonPosition(site, sources.nowMs);
  return {
    sun: { altDeg: tenth(sun.altDeg), azDeg: tenth(sun.azDeg) },
    moon: {
      altDeg: tenth(moon.altDeg),
      azDeg: tenth(moon.azDeg),
      illumination: Math.round(moon.illumination * 1000) / 1000,
    },
  };
}

/** What stands above the horizon now: stars, and the targets of the night. */
export function skyNow(sources: TonightSources): Tonight['sky'] {
  const sky = skyAt(sources.unit.site, sources.nowMs);
  const place = (target: { raDeg: number; decDeg: number }) => {
    const { altDeg, azDeg } = sky.altAz(target);
    return { altDeg: tenth(altDeg), azDeg: tenth(azDeg) };
  };
  return {
    horizon: sources.unit.horizon.map(({ azDeg, altDeg }) => ({ azDeg, altDeg })),
    stars: brightStars(SHOWN_MAGNITUDE)
      .map((star) => ({ ...place(star), magnitude: star.magnitude }))
      .filter((star) => star.altDeg > 0),
    targets: sources.sequences
      .flatMap((sequence) => {
        const state = TARGET_STATES[sequence.status];
        const { name } = sequence.target;
        const where = placeOf(sequence.skyTarget, sources.unit.site, sources.nowMs);
        return state ? [{ name, ...place(where), state, isAlert: sequence.isAlert }] : [];
      })
      .filter((target) => target.altDeg > 0),
  };
}

const TARGET_STATES: Readonly<Record<string, BarState>> = {
  PLANNED: 'planned',
  TOBEPLANNED: 'planned',
  EXECUTING: 'running',
  DONE: 'done',
  PARTIAL: 'partial',
  FAILED: 'failed',
};

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
