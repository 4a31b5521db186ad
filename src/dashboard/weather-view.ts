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
  { quantity: 'cloud', label: 'Sky temp.', unit: '°C', of: (weather) => weather.cloud },
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
  const { weather, unit: site } = sources;
  return QUANTITIES.map(({ quantity, label, unit, of }) => {
    const limit = site.plc.limits.find((one) => one.quantity === quantity);
    const points = weather.flatMap((row) => {
      const value = of(row);
      return value === null ? [] : [{ at: row.updated, value }];
    });
    return {
      quantity,
      label,
      unit,
      sensor: sensorsOf(limit?.sensors ?? []),
      limit: limit ? { value: limit.limit, side: limit.bad } : null,
      points: thinned(points, limit?.bad ?? 'above'),
    };
  });
}

/** `WXT520 +1`: the sensor that ranks first, and how many stand behind it. */
function sensorsOf(sensors: readonly { device: string }[]): string | null {
  const [first] = sensors;
  if (!first) return null;
  return sensors.length > 1 ? `${first.device} +${sensors.length - 1}` : first.device;
}

type Point = Trace['points'][number];

/** The worst point of each stretch, and the last: a shower must not fall between two points. */
function thinned(points: readonly Point[], bad: 'above' | 'below'): Point[] {
  const step = Math.ceil(points.length / POINTS);
  if (step <= 1) return [...points];
  const kept: Point[] = [];
  for (let from = 0; from < points.length - 1; from += step) {
    const stretch = points.slice(from, Math.min(from + step, points.length - 1));
    kept.push(
      stretch.reduce((worst, one) => {
        const isWorse = bad === 'above' ? one.value > worst.value : one.value < worst.value;
        return isWorse ? one : worst;
      }),
    );
  }
  const last = points.at(-1);
  return last ? [...kept, last] : kept;
}
