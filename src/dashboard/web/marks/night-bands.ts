import type { TwilightMarks } from '../../tonight.ts';
import { instant } from '../format/time.ts';

export type NightBandKind = 'day' | 'civil' | 'nautical' | 'astronomical' | 'dark';

/** A stretch of time, UTC ms. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface NightBand extends Stretch {
  readonly kind: NightBandKind;
}

const KINDS: readonly NightBandKind[] = ['day', 'civil', 'nautical', 'astronomical', 'dark'];

/** The chart cut at each twilight mark; a mark that does not happen tonight cuts nothing. */
export function nightBands(marks: TwilightMarks): NightBand[] {
  const dusks = [marks.sunset, marks.civilDusk, marks.nauticalDusk, marks.astronomicalDusk];
  const dawns = [marks.sunrise, marks.civilDawn, marks.nauticalDawn, marks.astronomicalDawn];
  const steps = [...crossings(dusks, 1), ...crossings(dawns, -1)].sort((a, b) => a.atMs - b.atMs);
  // Where the Sun never rises, the chart begins in the twilight of the first mark there is.
  let depth = Math.max(
    0,
    dusks.map(instant).findIndex((ms) => ms !== null),
  );
  let fromMs = Date.parse(marks.chartStart);
  const bands: NightBand[] = [];
  for (const step of [...steps, { atMs: Date.parse(marks.chartEnd), by: 0 }]) {
    const kind = KINDS[Math.min(4, Math.max(0, depth))] ?? 'day';
    if (step.atMs > fromMs) bands.push({ kind, fromMs, toMs: step.atMs });
    fromMs = Math.max(fromMs, step.atMs);
    depth += step.by;
  }
  return bands;
}

/** When the Moon is up within `chart`; `altDeg` is its elevation now, for want of any event. */
export function moonStretches(
  moon: { riseAt: string | null; setAt: string | null; altDeg: number },
  chart: Stretch,
): Stretch[] {
  const rise = instant(moon.riseAt);
  const set = instant(moon.setAt);
  const whole = { fromMs: chart.fromMs, toMs: chart.toMs };
  if (rise === null && set === null) return moon.altDeg > 0 ? [whole] : [];
  const up =
    rise !== null && set !== null && rise < set
      ? [{ fromMs: rise, toMs: set }]
      : [
          ...(set === null ? [] : [{ fromMs: chart.fromMs, toMs: set }]),
          ...(rise === null ? [] : [{ fromMs: rise, toMs: chart.toMs }]),
        ];
  return up
    .map((s) => ({
      fromMs: Math.max(s.fromMs, chart.fromMs),
      toMs: Math.min(s.toMs, chart.toMs),
    }))
    .filter((s) => s.toMs > s.fromMs);
}

function crossings(marks: readonly (string | null)[], by: 1 | -1): { atMs: number; by: number }[] {
  return marks
    .map(instant)
    .filter((ms) => ms !== null)
    .map((atMs) => ({ atMs, by }));
}
