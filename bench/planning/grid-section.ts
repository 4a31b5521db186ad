import { seededRandom } from '#platform';
import { apparentDirections, sineElevations, timeGrid } from '#sky';
import { notInstalled, pythonJson } from './python.ts';
import { inSeconds, median, type Section, spentOn, times } from './report.ts';

const TARGETS = 1000;
const MINUTES = 1440;
const GOAL_SECONDS = 0.005;
const GOAL_RATIO = 150;
const SITE = { latDeg: 43.7522, lonDeg: 6.9238, altitudeM: 1270 };
const START_MS = Date.UTC(2022, 2, 20, 18);

/** Elevations of many targets over a day, beside astropy's. */
export async function gridSection({ isQuick }: { readonly isQuick: boolean }): Promise<Section> {
  const ours = ownSeconds(isQuick ? 15 : 60);
  const repeats = isQuick ? 1 : 3;
  const words = [TARGETS, MINUTES, repeats].map(String);
  const theirs = await pythonJson<{ seconds: number[] }>('astropy-grid.py', words);
  const again = ownSeconds(isQuick ? 15 : 60);
  const own = median([...ours, ...again]);
  const astropy = theirs ? median(theirs.seconds) : null;
  const ratio = astropy === null ? null : astropy / own;
  return {
    rows: [
      {
        what: `grid ${TARGETS} targets × ${MINUTES} minutes`,
        measured: inSeconds(own),
        goal: `≤ ${inSeconds(GOAL_SECONDS)}`,
        isMet: own <= GOAL_SECONDS,
      },
      {
        what: '… faster than astropy',
        measured:
          ratio === null || astropy === null
            ? notInstalled('astropy')
            : `${times(ratio, 0)} (${inSeconds(astropy)})`,
        goal: `≥ ${GOAL_RATIO}×`,
        isMet: ratio === null ? null : ratio >= GOAL_RATIO,
      },
    ],
    details: { ownSeconds: own, astropySeconds: astropy },
  };
}

/** Everything from the catalogue places on; the first rounds, which compile, are left out. */
function ownSeconds(repeats: number): number[] {
  const random = seededRandom(1);
  const targets = Array.from({ length: TARGETS }, () => {
    const decDeg = (Math.asin(-0.5 + 1.5 * random.next()) * 180) / Math.PI;
    return { raDeg: 360 * random.next(), decDeg };
  });
  const endMs = START_MS + (MINUTES - 1) * 60_000;
  const round = () => {
    const grid = timeGrid(SITE, { startMs: START_MS, endMs, stepMs: 60_000 });
    const directions = apparentDirections(targets, (START_MS + endMs) / 2);
    return sineElevations(directions, SITE.latDeg, grid);
  };
  for (let i = 0; i < 10; i++) round();
  return Array.from({ length: repeats }, () => spentOn(round).seconds);
}
