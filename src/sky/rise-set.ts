import type { Crossing } from './crossing.ts';
import { type HorizonLine, horizonLine, stepAt } from './horizon-line.ts';
import type { AltAz } from './horizontal.ts';
import { altAz } from './horizontal.ts';
import type { Site } from './site.ts';
import { checkSpan, type Span } from './span.ts';
import type { SkyTarget } from './target.ts';
import { placeOf } from './target-place.ts';

/** Over what a target rises, and when. */
export interface RiseSetSearch extends Span {
  /** Steps, as for `horizonAltAt`; empty for a flat sea. */
  readonly horizon: readonly AltAz[];
  /** What counts as risen is also above this, degrees; −90 when absent. */
  readonly minAltDeg?: number;
}

/** Where a target is against the line at an instant. */
interface Stand {
  readonly ms: number;
  readonly step: number;
  readonly isUp: boolean;
}

const STEP_MS = 60_000;
const PRECISION_MS = 50;

/**
 * Every rise and set of a target over a stepped horizon, oldest first, to 50 ms, without refraction.
 * A step of the line is never jumped over, however narrow; a target that grazes a level step for
 * less than a minute may be missed. Throws `BAD_SPAN` beyond 400 days.
 */
export function risesAndSets(target: SkyTarget, site: Site, search: RiseSetSearch): Crossing[] {
  checkSpan(search);
  const found: Crossing[] = [];
  const standAt = standOver(target, site, search);
  let from = standAt(search.startMs);
  while (from.ms < search.endMs) {
    const to = standAt(Math.min(from.ms + STEP_MS, search.endMs));
    collect(standAt, [from, to], found);
    from = to;
  }
  return found;
}

/** Halves what lies between two stands until one step of the line and one answer hold in it. */
function collect(
  standAt: (ms: number) => Stand,
  [from, to]: readonly [Stand, Stand],
  found: Crossing[],
): void {
  if (from.step === to.step && from.isUp === to.isUp) return;
  if (to.ms - from.ms > PRECISION_MS) {
    const middle = standAt((from.ms + to.ms) / 2);
    collect(standAt, [from, middle], found);
    collect(standAt, [middle, to], found);
  } else if (from.isUp !== to.isUp) {
    found.push({ atMs: Math.round((from.ms + to.ms) / 2), rising: to.isUp });
  }
}

function standOver(target: SkyTarget, site: Site, search: RiseSetSearch): (ms: number) => Stand {
  const line: HorizonLine = horizonLine(search.horizon);
  const least = search.minAltDeg ?? -90;
  return (ms) => {
    const { altDeg, azDeg } = altAz(placeOf(target, site, ms), site, ms);
    const step = stepAt(line, azDeg);
    return { ms, step, isUp: altDeg >= Math.max(least, line.altDeg[step] as number) };
  };
}
