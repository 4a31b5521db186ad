import { convert, type Kind, kindOf } from './unit-conversion.ts';

/** Values that no weather on Earth gives and no sound sensor shows. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** In the first unit of each kind. A hygrometer at saturation shows a few percent too much. */
const RANGES: Readonly<Record<Kind, readonly [range: Range, unit: string]>> = {
  temperature: [{ least: -100, most: 100 }, 'Celcius'],
  fraction: [{ least: 0, most: 105 }, 'percent'],
  speed: [{ least: 0, most: 120 }, 'm/s'],
  pressure: [{ least: 300, most: 1100 }, 'mbar'],
  'pressure change': [{ least: -200, most: 200 }, 'mbar/h'],
  'rain rate': [{ least: 0, most: 1000 }, 'mm/h'],
  angle: [{ least: -360, most: 360 }, 'deg'],
  'small angle': [{ least: 0, most: 60 }, 'arcsec'],
  voltage: [{ least: -50, most: 50 }, 'V'],
  current: [{ least: -1000, most: 1000 }, 'Ampere'],
};

/** The physical range of what a unit measures, in that unit; without bounds for an unknown unit. */
export function physicalRange(unit: string): Range {
  const kind = kindOf(unit);
  if (kind === null) return { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  const [{ least, most }, own] = RANGES[kind];
  return { least: convert(least, own, unit) ?? least, most: convert(most, own, unit) ?? most };
}
