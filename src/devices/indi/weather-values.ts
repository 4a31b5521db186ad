import type { PlcValue } from '../plc/plc.ts';

/** One parameter of an INDI weather station; its unit stands in its label: `Wind (kph)`. */
export interface IndiParameter {
  readonly name: string;
  readonly label: string;
  readonly value: number;
}

interface Translation {
  readonly name: string;
  readonly unit: string;
  /** From the unit in the label, lower case, to ours; the first is meant when there is none. */
  readonly factors: Readonly<Record<string, number>>;
}

const SPEED = { kph: 1 / 3.6, 'km/h': 1 / 3.6, 'm/s': 1, mph: 0.44704, knots: 0.514444 };
const TEMPERATURE = { c: 1, '°c': 1, celsius: 1 };

/** The names of WEATHER_PARAMETERS in INDI's drivers, and ours. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  WEATHER_TEMPERATURE: { name: 'OutsideTemp', unit: 'Celcius', factors: TEMPERATURE },
  WEATHER_DEWPOINT: { name: 'DewPoint', unit: 'Celcius', factors: TEMPERATURE },
  WEATHER_SKY_TEMPERATURE: { name: 'SkyTemperature', unit: 'Celcius', factors: TEMPERATURE },
  WEATHER_HUMIDITY: { name: 'OutsideHumidity', unit: 'percent', factors: { '%': 1, percent: 1 } },
  WEATHER_PRESSURE: { name: 'Pressure', unit: 'mbar', factors: { hpa: 1, mbar: 1 } },
  WEATHER_BAROMETER: { name: 'Pressure', unit: 'mbar', factors: { hpa: 1, mbar: 1 } },
  WEATHER_WIND_SPEED: { name: 'WindSpeed', unit: 'm/s', factors: SPEED },
  WEATHER_WIND_GUST: { name: 'WindGust', unit: 'm/s', factors: SPEED },
  WEATHER_WIND_DIRECTION: { name: 'WindDir', unit: 'deg', factors: { deg: 1, degrees: 1 } },
  WEATHER_RAIN_RATE: { name: 'RainRate', unit: 'mm/h', factors: { 'mm/h': 1, mm: 1 } },
  WEATHER_RAIN_HOUR: { name: 'RainRate', unit: 'mm/h', factors: { mm: 1, 'mm/h': 1 } },
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
  const { factors } = translation;
  const factor = written === undefined ? Object.values(factors)[0] : factors[written];
  if (factor === undefined) return undefined;
  const ours = Number((value * factor).toFixed(3));
  return { name: translation.name, value: ours, unit: translation.unit, comment: '' };
}
