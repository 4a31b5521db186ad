import type { Weather } from '#environment';
import type { Tonight, Trace } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';

interface Quantity {
  readonly quantity: Trace['quantity'];
  readonly label: string;
  readonly unit: string;
  readonly of: (weather: Weather) => number | null;
}

const QUANTITIES: readonly Quantity[] = [
  { quantity: 'rain', label: 'Rain', unit: 'mm/h', of: (weather) => weather.rain },
  { quantity: 'humidity', label: 'Humidity', unit: '%', of: (weather) => weather.humidity },
  { quantity: 'wind', label: 'Wind', unit: 'm/s', of: (weather) => weather.wind },
  { quantity: 'cloud', label: 'Sky temperature', unit: '°C', of: (weather) => weather.cloud },
  {
    quantity: 'temperature',
    label: 'Temperature',
    unit: '°C',
    of: (weather) => weather.temperature,
  },
];

/** More points than this are not seen on a screen. */
const POINTS = 240;

/** The weather of the night, with the limit of each quantity. */
export function weatherTraces(sources: TonightSources): Tonight['weather'] {
  const step = Math.max(1, Math.ceil(sources.weather.length / POINTS));
  return QUANTITIES.map(({ quantity, label, unit, of }) => {
    const limit = sources.unit.plc.limits.find((one) => one.quantity === quantity);
    const points = sources.weather.flatMap((row, i) => {
      const value = of(row);
      // The last point and every bad one are kept: a shower must not fall between two points.
      const kept = i % step === 0 || i === sources.weather.length - 1 || isExtreme(value, limit);
      return value === null || !kept ? [] : [{ at: row.updated, value }];
    });
    const [sensor] = limit?.sensors ?? [];
    return {
      quantity,
      label,
      unit,
      sensor: sensor ? sensor.device : null,
      limit: limit ? { value: limit.limit, side: limit.bad } : null,
      points,
    };
  });
}

function isExtreme(
  value: number | null,
  limit: { limit: number; bad: 'above' | 'below' } | undefined,
) {
  if (value === null || !limit) return false;
  return limit.bad === 'above' ? value > limit.limit : value < limit.limit;
}
