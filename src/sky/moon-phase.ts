import { MoonPhase as elongation } from 'astronomy-engine';
import { astroTime } from './time.ts';

/** How far the Moon is in its month. */
export interface MoonPhase {
  /** Ecliptic longitude of the Moon less that of the Sun: 0 new, 90 first quarter, 180 full. */
  readonly elongationDeg: number;
  readonly isWaxing: boolean;
  readonly name: MoonPhaseName;
}

export type MoonPhaseName =
  | 'new moon'
  | 'waxing crescent'
  | 'first quarter'
  | 'waxing gibbous'
  | 'full moon'
  | 'waning gibbous'
  | 'last quarter'
  | 'waning crescent';

const NAMES: readonly MoonPhaseName[] = [
  'new moon',
  'waxing crescent',
  'first quarter',
  'waxing gibbous',
  'full moon',
  'waning gibbous',
  'last quarter',
  'waning crescent',
];

/** Half a day of the Moon's way: a quarter is called so on its day alone. */
const HALF_DAY_DEG = 6.1;

/** The phase of the Moon at an instant (UTC ms), seen from the centre of the Earth. */
export function moonPhase(ms: number): MoonPhase {
  const elongationDeg = elongation(astroTime(ms));
  return { elongationDeg, isWaxing: elongationDeg < 180, name: nameOf(elongationDeg) };
}

function nameOf(elongationDeg: number): MoonPhaseName {
  const quarter = Math.round(elongationDeg / 90);
  const isOnIt = Math.abs(elongationDeg - 90 * quarter) <= HALF_DAY_DEG;
  const index = isOnIt ? 2 * quarter : 2 * Math.floor(elongationDeg / 90) + 1;
  return NAMES[index % 8] as MoonPhaseName;
}
