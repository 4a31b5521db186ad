/** How a unit reads in the first unit of its kind: value × factor + zero. */
interface Scale {
  readonly kind: Kind;
  readonly factor: number;
  readonly zero: number;
}

export type Kind =
  | 'temperature'
  | 'fraction'
  | 'speed'
  | 'pressure'
  | 'pressure change'
  | 'rain rate'
  | 'angle'
  | 'small angle'
  | 'voltage'
  | 'current';

const MMHG_MBAR = 1.333_223_874_15;

/** By kind: the names of each unit, and its factor and zero. The first of a kind is the one kept. */
const UNITS: Readonly<Record<Kind, readonly (readonly [string, number, number?])[]>> = {
  // The guide's own frame spells it Celcius.
  temperature: [
    ['Celcius Celsius celsius C °C degC', 1],
    ['Fahrenheit F °F degF', 5 / 9, -160 / 9],
    ['Kelvin K', 1, -273.15],
  ],
  fraction: [
    ['percent %', 1],
    ['fraction ratio', 100],
  ],
  speed: [
    ['m/s', 1],
    ['km/h kmh kph', 1 / 3.6],
    ['kt kts kn knot knots', 1852 / 3600],
    ['mph', 0.44704],
  ],
  pressure: [
    ['mbar hPa mb', 1],
    ['Pa', 0.01],
    ['kPa', 10],
    ['bar', 1000],
    ['mmHg Torr', MMHG_MBAR],
    ['inHg', 25.4 * MMHG_MBAR],
  ],
  'pressure change': [['mbar/h hPa/h', 1]],
  'rain rate': [
    ['mm/h mm/hr', 1],
    ['in/h in/hr', 25.4],
    ['mm/min', 60],
  ],
  angle: [
    ['deg °', 1],
    ['rad', 180 / Math.PI],
  ],
  'small angle': [['arcsec "', 1]],
  voltage: [
    ['V', 1],
    ['mV', 0.001],
  ],
  current: [
    ['Ampere A', 1],
    ['mA', 0.001],
  ],
};

const SCALES: ReadonlyMap<string, Scale> = new Map(
  Object.entries(UNITS).flatMap(([kind, units]) =>
    units.flatMap(([names, factor, zero = 0]) =>
      names.split(' ').map((name) => [name, { kind: kind as Kind, factor, zero }] as const),
    ),
  ),
);

/** What a unit measures; null for a unit that is not known. */
export function kindOf(unit: string): Kind | null {
  return SCALES.get(unit)?.kind ?? null;
}

/**
 * A value in another unit; null when the units are not of one kind or one is not known, never a guess.
 * A unit that is not known converts to itself.
 */
export function convert(value: number, from: string, to: string): number | null {
  if (from === to) return value;
  const [source, target] = [SCALES.get(from), SCALES.get(to)];
  if (!source || source.kind !== target?.kind) return null;
  if (source.factor === target.factor && source.zero === target.zero) return value;
  return (value * source.factor + source.zero - target.zero) / target.factor;
}

/** A difference of two values in another unit: as `convert`, without the zero. */
export function convertDifference(difference: number, from: string, to: string): number | null {
  const [zero, end] = [convert(0, from, to), convert(difference, from, to)];
  return zero === null || end === null ? null : end - zero;
}
