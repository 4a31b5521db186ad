import type { PlcValue } from '../plc/plc.ts';

/** One parameter of an INDI weather station; its unit stands in its label: `Wind (kph)`. */
export interface IndiParameter {
  readonly name: string;
  readonly label: string;
  readonly value: number;
}

interface Translation {
  readonly name: string;
  /** As src/environment/unit-conversion.ts knows it. */
  readonly unit: string;
  /** From the unit in the label, lower case, to ours; the first is meant when there is none. */
  readonly scales: Readonly<Record<string, Scale>>;
}

/** A factor, or a factor and what is added after it. */
type Scale = number | readonly [factor: number, zero: number];

const SPEED = {
  kph: 1 / 3.6,
  'km/h': 1 / 3.6,
  'm/s': 1,
  mph: 0.44704,
  knots: 1852 / 3600,
  kt: 1852 / 3600,
};
const FAHRENHEIT: Scale = [5 / 9, -160 / 9];
const TEMPERATURE = { c: 1, '°c': 1, celsius: 1, f: FAHRENHEIT, '°f': FAHRENHEIT };
const PRESSURE = { hpa: 1, mbar: 1, mb: 1, inhg: 33.863886 };
const RAIN = { 'mm/h': 1, 'mm/hr': 1, mm: 1, 'in/h': 25.4, 'in/hr': 25.4 };

/** The names of WEATHER_PARAMETERS in INDI's drivers, and ours. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  WEATHER_TEMPERATURE: { name: 'OutsideTemp', unit: 'Celcius', scales: TEMPERATURE },
  WEATHER_DEWPOINT: { name: 'DewPoint', unit: 'Celcius', scales: TEMPERATURE },
  WEATHER_SKY_TEMPERATURE: { name: 'SkyTemperature', unit: 'Celcius', scales: TEMPERATURE },
  WEATHER_HUMIDITY: { name: 'OutsideHumidity', unit: 'percent', scales: { '%': 1, percent: 1 } },
  WEATHER_PRESSURE: { name: 'Pressure', unit: 'mbar', scales: PRESSURE },
  WEATHER_BAROMETER: { name: 'Pressure', unit: 'mbar', scales: PRESSURE },
  WEATHER_WIND_SPEED: { name: 'WindSpeed', unit: 'm/s', scales: SPEED },
  WEATHER_WIND_GUST: { name: 'WindGust', unit: 'm/s', scales: SPEED },
  WEATHER_WIND_DIRECTION: { name: 'WindDir', unit: 'deg', scales: { deg: 1, degrees: 1 } },
  WEATHER_RAIN_RATE: { name: 'RainRate', unit: 'mm/h', scales: RAIN },
  WEATHER_RAIN_HOUR: { name: 'RainRate', unit: 'mm/h', scales: RAIN },
};

/**
 * The values of a station in our names and units. What has no name here, a unit that nobody knows, or
 * no number, is left out: a missing value is unsafe, a wrong one is worse.
 */
export function weatherValues(parameters: readonly IndiParameter[]): readonly PlcValue[] {
  const seen = new Set<string>();
  return parameters.flatMap((parameter) => {
    const value = translated(parameter);
    if (!value || seen.has(value.name)) return [];
    seen.add(value.name);
    return [value];
  });
}

function translated({ name, label, value }: IndiParameter): PlcValue | undefined {
  const translation = Object.hasOwn(TRANSLATIONS, name) ? TRANSLATIONS[name] : undefined;
  if (!translation || !Number.isFinite(value)) return undefined;
  const written = /\(([^)]+)\)\s*$/.exec(label)?.[1]?.trim().toLowerCase();
  const { scales } = translation;
  const scale = written === undefined ? Object.values(scales)[0] : scales[written];
  if (scale === undefined) return undefined;
  const [factor, zero] = typeof scale === 'number' ? [scale, 0] : scale;
  const ours = Number((value * factor + zero).toFixed(3));
  return { name: translation.name, value: ours, unit: translation.unit, comment: '' };
}
