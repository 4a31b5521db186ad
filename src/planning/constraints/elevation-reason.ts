import { intersect, longestMs } from '../interval.ts';
import type { Explanation } from '../schedule.ts';
import { highestIn, stretchesAbove } from '../visibility/samples.ts';
import { placeAt } from '../visibility/target-path.ts';
import { choicesText, clockTime, degreesText, secondsText } from '../wording.ts';
import type { Refused, Subject } from './constraint.ts';
import { minAltOf, takesText, whereText } from './limits.ts';
import { easedLimit, longestEverMs, movedText, shorterText } from './remedy.ts';

const RAD = Math.PI / 180;
/** Nobody is advised to look through more air than that. */
const LOWEST_DEG = 10;

/** Why a target is not high enough for long enough. */
export function elevationReason(refused: Refused): Omit<Explanation, 'code'> {
  const { subject, within } = refused;
  const { path, tables, sequence } = subject;
  const sines = path?.sines ?? new Float32Array();
  const minAltDeg = minAltOf(subject);
  const limit = degreesText(minAltDeg);
  const least = Math.sin(minAltDeg * RAD);
  const top = highestIn(sines, tables.grid, within);
  const longest = longestMs(intersect(within, stretchesAbove(sines, least, tables.grid)));
  const remedy = remedyOf(refused, longest);
  if (top !== undefined && top.value < least) {
    const highest = degreesText(roundedDown(Math.asin(top.value) / RAD, minAltDeg));
    return {
      sentence: `never above ${limit} ${whereText(subject)}: highest ${highest} at ${clockTime(top.ms)}`,
      remedy,
    };
  }
  return {
    sentence: `above ${limit} for ${secondsText(longest / 1000)} only ${whereText(subject)}, and ${takesText(sequence)}`,
    remedy,
  };
}

/** What is below a limit must not read as the limit. */
function roundedDown(deg: number, limitDeg: number): number {
  return degreesText(deg) === degreesText(limitDeg) ? Math.floor(deg * 10) / 10 : deg;
}

function remedyOf(refused: Refused, longest: number): string {
  const { subject } = refused;
  const minAltDeg = minAltOf(subject);
  const culmination = culminationDeg(subject);
  const never = `ask another site: it never rises above ${degreesText(culmination)} at this latitude`;
  const range = { least: LOWEST_DEG, asked: Math.min(minAltDeg, culmination + 1), step: 1 };
  const lower = easedLimit(refused, 'minAltDeg', range);
  const isHopeless = culmination < minAltDeg;
  const moved = isHopeless ? never : (movedText(refused, { minAltDeg }) ?? neverLong(subject));
  const lowered = lower === undefined ? undefined : `lower minAlt to ${lower}`;
  const shorter = shorterText(subject.sequence, longest);
  return choicesText([lowered, shorter, moved].filter((each) => each !== undefined));
}

/** How high the target ever stands, degrees; of what moves, while it is where it is this night. */
function culminationDeg({ path, tables }: Subject): number {
  if (path === null) return 90;
  const decDeg = Math.asin(Math.min(1, Math.max(-1, placeAt(path, 0).z))) / RAD;
  return 90 - Math.abs(tables.site.latDeg - decDeg);
}

function neverLong(subject: Subject): string {
  if (subject.sequence.target?.kind === 'EPHEMERIS') return 'give it a window when it is higher';
  const minAltDeg = minAltOf(subject);
  const limit = degreesText(minAltDeg);
  const seconds = longestEverMs(subject, { minAltDeg }) / 1000;
  return seconds < 60
    ? `ask another site: it is never above ${limit} in the dark of the coming year`
    : `split it: it is never above ${limit} in the dark for more than ${secondsText(seconds)}`;
}
