import type { RaDec } from './angles.ts';
import type { SkyTarget } from './target.ts';
import { type BodyName, bodyNames, type EphemerisTarget, type FixedTarget } from './target.ts';

/** A star may drift: faster than any known, it is a slip of the unit. */
const FASTEST_MAS_PER_YEAR = 20_000;

/** Why a target cannot be observed as it is written, in one sentence; null when it can. */
export function checkTarget(target: SkyTarget): string | null {
  if (target.kind === 'BODY') return checkBody(target.body);
  if (target.kind === 'EPHEMERIS') return checkPoints(target);
  if (target.kind !== undefined && target.kind !== 'FIXED') {
    return `${text(target)} is no form of target: write FIXED, BODY or EPHEMERIS.`;
  }
  return checkPlace(target) ?? checkMotion(target);
}

function checkBody(body: BodyName): string | null {
  if (bodyNames.includes(body)) return null;
  return `"${body}" is not a body that can be observed: choose among ${bodyNames.join(', ')}.`;
}

function checkPlace({ raDeg, decDeg }: RaDec): string | null {
  if (!(raDeg >= 0 && raDeg < 360)) {
    return `The right ascension is ${shown(raDeg)}: it must be 0 to less than 360 degrees.`;
  }
  if (!(decDeg >= -90 && decDeg <= 90)) {
    return `The declination is ${shown(decDeg)}: it must be -90 to +90 degrees.`;
  }
  return null;
}

function checkMotion({ pmRaMasPerYear, pmDecMasPerYear, epoch }: FixedTarget): string | null {
  const fast = [pmRaMasPerYear, pmDecMasPerYear].find(
    (speed = 0) => !(Math.abs(speed) <= FASTEST_MAS_PER_YEAR),
  );
  if (fast !== undefined) {
    return `The proper motion is ${shown(fast)}: it must be within ${FASTEST_MAS_PER_YEAR} milliarcseconds a year.`;
  }
  if (epoch !== undefined && !(epoch >= 1800 && epoch <= 2200)) {
    return `The epoch is ${shown(epoch)}: it must be a Julian year from 1800 to 2200.`;
  }
  return null;
}

function checkPoints({ points }: EphemerisTarget): string | null {
  if (points.length === 0) return 'The ephemeris is empty: give one point or more.';
  for (const [i, point] of points.entries()) {
    const fault = checkPlace(point);
    if (fault) return `Point ${i + 1} of the ephemeris is wrong: ${fault}`;
    if (!Number.isFinite(point.ms)) return `Point ${i + 1} of the ephemeris has no instant.`;
    if (point.ms <= (points[i - 1]?.ms ?? Number.NEGATIVE_INFINITY)) {
      return `Point ${i + 1} of the ephemeris is not later than the one before: sort them by time.`;
    }
  }
  return null;
}

function text(target: { readonly kind?: unknown }): string {
  return JSON.stringify(target.kind);
}

/** A number for people, who need not know what NaN is. */
function shown(value: number): string {
  return Number.isFinite(value) ? String(value) : 'not a number';
}
