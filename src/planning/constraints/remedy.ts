import { longestMs } from '../interval.ts';
import type { PlanSequence } from '../schedule.ts';
import {
  type ComingNights,
  halfUpOf,
  longestUp,
  nightsAhead,
} from '../visibility/coming-nights.ts';
import { type Place, placeAt } from '../visibility/target-path.ts';
import { clockTime, dayText, secondsText } from '../wording.ts';
import type { Refused, Subject } from './constraint.ts';
import { leastMsOf, nightOf } from './limits.ts';

const DAY_MS = 86_400_000;
const MS_PER_RADIAN = 86_164_090.5 / (2 * Math.PI);
const RAD = Math.PI / 180;
/** A place in the middle of the night stands for the whole night, in which the Moon goes that far. */
const NIGHT_OF_MOON_DEG = 4;

/** A limit that is harder to keep the larger it is. */
type LimitName = 'minAltDeg' | 'moonDistanceDeg' | 'sunDistanceDeg' | 'skyBrightness';

/** What a coming night must offer. */
export interface Wanted {
  readonly minAltDeg: number;
  readonly moonDistanceDeg?: number;
  readonly sunDistanceDeg?: number;
}

/** The greatest limit below `asked` and not below `least` that leaves room, by steps from 0. */
export function easedLimit(
  { subject, room }: Refused,
  name: LimitName,
  range: { readonly least: number; readonly asked: number; readonly step: number },
): number | undefined {
  const { sequence } = subject;
  const at = (count: number): number => Number((count * range.step).toFixed(6));
  const fits = (count: number): boolean => {
    const limits = { ...sequence.limits, [name]: at(count) };
    return room({ ...subject, sequence: { ...sequence, limits } }).length > 0;
  };
  let low = Math.ceil(range.least / range.step);
  let high = Math.ceil(range.asked / range.step - 1e-9);
  if (low >= high || !fits(low)) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return at(low);
}

/** `shorten it by 760 s`, when part of it has room. */
export function shorterText(sequence: PlanSequence, longest: number): string | undefined {
  const lackMs = leastMsOf(sequence) - longest;
  const isUseful = longest - sequence.setupSeconds * 1000 >= 1000 && lackMs > 0;
  return isUseful ? `shorten it by ${secondsText(lackMs / 1000)}` : undefined;
}

/** How to move the window, this night or to a later one; undefined when no night of a year will do. */
export function movedText(refused: Refused, wanted: Wanted): string | undefined {
  return movedTonight(refused) ?? movedToDate(refused.subject, wanted);
}

function movedTonight({ subject, room }: Refused): string | undefined {
  const { sequence } = subject;
  const { startMs, endMs } = nightOf(subject);
  if (sequence.windowStartMs <= startMs && sequence.windowEndMs >= endMs) return undefined;
  const wide = { ...sequence, windowStartMs: startMs, windowEndMs: endMs };
  const found = room({ ...subject, sequence: wide });
  const length = longestMs(found);
  const best = found.find((each) => each.endMs - each.startMs === length);
  return (
    best && `move the window to between ${clockTime(best.startMs)} and ${clockTime(best.endMs)}`
  );
}

function movedToDate(subject: Subject, wanted: Wanted): string | undefined {
  const { sequence, tables } = subject;
  const day = nextDay(subject, wanted);
  if (day === undefined) return undefined;
  const evening = nightOf(subject).startMs;
  const isInWindow = sequence.windowEndMs >= tables.midMs + day * DAY_MS;
  if (day === 1)
    return isInWindow ? 'wait for the next night' : 'move the window to the next night';
  const date = dayText(evening + (day - 1) * DAY_MS, evening);
  return isInWindow
    ? `wait: it is possible after ${date}, in its window`
    : `move the window after ${date}`;
}

/** The first coming night that offers enough, as a number of days; undefined when none of a year. */
export function nextDay(subject: Subject, wanted: Wanted): number | undefined {
  const { sequence, tables } = subject;
  if (sequence.target?.kind === 'EPHEMERIS') return undefined;
  const coming = tables.coming();
  const need = leastMsOf(sequence) / MS_PER_RADIAN;
  for (let day = 1; day <= nightsAhead; day++) {
    const place = placeOn(subject, coming, day);
    const arc = place && {
      ra: Math.atan2(place.y, place.x),
      halfUp: halfUp(place, wanted, subject),
    };
    const length = arc ? longestUp(coming, day, arc) : 2 * (coming.halfDark[day] ?? 0);
    if (length < need || length <= 0) continue;
    if (place === undefined || isFar(place, coming, { day, ...wanted })) return day;
  }
  return undefined;
}

/** The longest that a target is ever up in the dark within a year, milliseconds. */
export function longestEverMs(subject: Subject, wanted: Wanted): number {
  const coming = subject.tables.coming();
  let longest = 0;
  for (let day = 0; day <= nightsAhead; day++) {
    const place = placeOn(subject, coming, day);
    if (place === undefined) continue;
    const arc = { ra: Math.atan2(place.y, place.x), halfUp: halfUp(place, wanted, subject) };
    longest = Math.max(longest, longestUp(coming, day, arc));
  }
  return longest * MS_PER_RADIAN;
}

function halfUp(place: Place, { minAltDeg }: Wanted, { tables }: Subject): number {
  return halfUpOf(place, Math.sin(minAltDeg * RAD), tables);
}

function placeOn(
  { sequence, path }: Subject,
  coming: ComingNights,
  day: number,
): Place | undefined {
  if (sequence.target?.kind === 'BODY') return coming.body(sequence.target.body, day);
  return path === null ? undefined : placeAt(path, 0);
}

function isFar(place: Place, coming: ComingNights, wanted: Wanted & { readonly day: number }) {
  const { day, moonDistanceDeg, sunDistanceDeg } = wanted;
  const sun = coming.sun[day];
  if (sunDistanceDeg !== undefined && sun && distanceDeg(place, sun) < sunDistanceDeg) return false;
  if (moonDistanceDeg === undefined) return true;
  return distanceDeg(place, coming.body('Moon', day)) >= moonDistanceDeg + NIGHT_OF_MOON_DEG;
}

function distanceDeg(a: Place, b: Place): number {
  const cosine = a.x * b.x + a.y * b.y + a.z * b.z;
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / RAD;
}

/** The first coming night that is dark for a length of time, whatever the target. */
export function nextDarkDay({ tables }: Subject, lengthMs: number): number | undefined {
  const { halfDark } = tables.coming();
  const day = halfDark.findIndex((half, i) => i > 0 && 2 * half * MS_PER_RADIAN >= lengthMs);
  return day < 0 ? undefined : day;
}
