import type { EphemerisTarget } from '#sky';
import { readCoordinates } from './coordinates-xml.ts';
import type { ElementReader } from './element-reader.ts';
import { readInstant, type TimeContext, type Window } from './window-xml.ts';

/** Enough for a night with a place every minute. */
const maxPoints = 1000;

/** Reads `<ephemeris>`: places by time, from the start of the window or before to its end or after. */
export function readEphemeris(
  reader: ElementReader,
  context: TimeContext & Window,
): EphemerisTarget {
  reader.noOtherAttributes();
  const points = reader.children('point', maxPoints).map((each) => readPoint(each, context));
  checkOrder(reader, points);
  checkCover(reader, points, context);
  return { kind: 'EPHEMERIS', points };
}

type Point = EphemerisTarget['points'][number];

function readPoint(reader: ElementReader, context: TimeContext): Point {
  const ms = readInstant(reader, 'jd', context);
  const place = readCoordinates(reader, 'coords');
  reader.noOtherAttributes();
  reader.noChildren();
  return { ms, ...place };
}

function checkOrder(reader: ElementReader, points: readonly Point[]): void {
  const early = points.findIndex((point, i) => point.ms <= (points[i - 1]?.ms ?? Number.NaN));
  if (early > 0) reader.fault(`point ${early + 1} is not later than the one before it: sort them`);
}

function checkCover(reader: ElementReader, points: readonly Point[], window: Window): void {
  const [first, last] = [points[0]?.ms ?? Number.NaN, points.at(-1)?.ms ?? Number.NaN];
  const after = (first - window.windowStartMs) / 1000;
  const before = (window.windowEndMs - last) / 1000;
  if (after > 0) reader.fault(`the first point is ${after} s after jd1: add an earlier one`);
  if (before > 0) reader.fault(`the last point is ${before} s before jd2: add a later one`);
}
