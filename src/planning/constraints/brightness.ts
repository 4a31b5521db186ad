import { skyBrightness } from '#sky';
import { intersect, longestMs } from '../interval.ts';
import { highestIn, stretchesAbove } from '../visibility/samples.ts';
import { choicesText, clockTime, secondsText } from '../wording.ts';
import type { Constraint, Refused, Subject } from './constraint.ts';
import { minAltOf, takesText, whereText } from './limits.ts';
import { easedLimit, movedText, shorterText } from './remedy.ts';
import { cosinesBetween } from './separation.ts';

const DEG = 180 / Math.PI;
/** Advised dates: far enough from a Moon that may be full. */
const DARK_MOON_DEG = 90;

/** The sky behind the target must be dark enough: moonlight and twilight expected, without clouds. */
export const brightness: Constraint = {
  code: 'SKY_BRIGHTNESS',
  allowed: (subject) => {
    const least = subject.sequence.limits?.skyBrightness;
    if (subject.path === null || least === undefined) return undefined;
    return stretchesAbove(magnitudesOf(subject), least, subject.tables.grid);
  },
  explain: (refused) => {
    const { subject, within } = refused;
    const limit = magnitudeText(subject.sequence.limits?.skyBrightness ?? 0);
    const longest = longestMs(intersect(within, brightness.allowed(subject) ?? within));
    const remedy = remedyOf(refused, longest);
    const best = highestIn(magnitudesOf(subject), subject.tables.grid, within);
    if (best !== undefined && longest <= 0) {
      return {
        sentence: `the sky is never darker than ${magnitudeText(best.value)} ${whereText(subject)}, at ${clockTime(best.ms)}; the limit is ${limit}`,
        remedy,
      };
    }
    return {
      sentence: `a sky of ${limit} for ${secondsText(longest / 1000)} only ${whereText(subject)}, and ${takesText(subject.sequence)}`,
      remedy,
    };
  },
};

/** Expected brightness at every step, V magnitudes per square arcsecond; on the horizon and below: 0. */
function magnitudesOf({ path, tables }: Subject): Float32Array {
  if (path === null) return new Float32Array();
  const moon = tables.body('Moon');
  const sun = tables.sun();
  const cosines = cosinesBetween(path, moon);
  return path.sines.map((sine, k) => {
    if (sine <= 0) return 0;
    return skyBrightness({
      altDeg: degreesOfSine(sine),
      sunAltDeg: degreesOfSine(sun.sines[k] ?? 0),
      moonAltDeg: degreesOfSine(moon.sines[k] ?? 0),
      moonDistanceDeg: 90 - degreesOfSine(cosines[k] ?? 0),
      moonIllumination: tables.moonIllumination(),
    });
  });
}

function remedyOf(refused: Refused, longest: number): string {
  const { subject } = refused;
  const asked = subject.sequence.limits?.skyBrightness ?? 0;
  const eased = easedLimit(refused, 'skyBrightness', { least: 15, asked, step: 0.1 });
  const accepted = eased === undefined ? undefined : `accept a sky of ${magnitudeText(eased)}`;
  const shorter = shorterText(subject.sequence, longest);
  const wanted = { minAltDeg: minAltOf(subject), moonDistanceDeg: DARK_MOON_DEG };
  const moved = movedText(refused, wanted) ?? 'ask a darker site';
  return choicesText([accepted, shorter, moved].filter((each) => each !== undefined));
}

function degreesOfSine(sine: number): number {
  return Math.asin(Math.min(1, Math.max(-1, sine))) * DEG;
}

/** `21.3 mag/arcsec²`: rounded towards the bright side. */
function magnitudeText(magnitude: number): string {
  return `${Number((Math.floor(magnitude * 10 + 1e-3) / 10).toFixed(1))} mag/arcsec²`;
}
