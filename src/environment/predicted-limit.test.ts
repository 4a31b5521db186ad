import { describe, expect, it } from 'vitest';
import { iso } from '#platform';
import { limitOf, plcSpecOf, TALE_MS, tempDatabase } from '#testing';
import { writeWatches } from './environment-store.ts';
import { weatherTrends } from './predicted-limit.ts';
import { predictedLimit } from './predicted-limit-store.ts';
import type { Weather } from './weather.ts';

const FAIR: Weather = {
  humidity: 50,
  wind: 3,
  wind_dir: 0,
  temperature: 12,
  pressure: 870,
  rain: 0,
  cloud: -20,
  dew_point: 2,
  dew_margin: 10,
  gust: 3,
  pressure_trend: 0,
  seeing: null,
  sky_clarity: 'Clear',
};

/** A row a minute for the last so many minutes, oldest first. */
const history = (minutes: number, at: (minute: number) => Partial<Weather>) =>
  Array.from({ length: minutes + 1 }, (_, i) => ({
    ...FAIR,
    ...at(i),
    updated: iso(TALE_MS - (minutes - i) * 60_000),
  }));

const HUMIDITY = limitOf({ quantity: 'humidity', limit: 85, unit: 'percent' });
const DEW = limitOf({ quantity: 'dewMargin', bad: 'below', limit: 2, unit: 'K' });

describe('what the weather will do by its trend', () => {
  it('is told soonest first', () => {
    const rows = history(15, (i) => ({ humidity: 60 + i, dew_margin: 10 - i / 3 }));
    expect(weatherTrends(rows, [HUMIDITY, DEW], TALE_MS)).toEqual([
      expect.objectContaining({ quantity: 'dewMargin', seconds: expect.closeTo(540, 3) }),
      {
        quantity: 'humidity',
        seconds: expect.closeTo(600, 3),
        sentence: 'humidity reaches its limit of 85 percent in 10 min by its trend',
      },
    ]);
  });

  it('is reckoned in the unit of the limit', () => {
    const fahrenheit = limitOf({ quantity: 'temperature', limit: 86, unit: 'F' });
    const rows = history(10, (i) => ({ temperature: 20 + i / 2 }));
    expect(weatherTrends(rows, [fahrenheit], TALE_MS)[0]?.seconds).toBeCloseTo(600, 3);
  });

  it('is nothing in steady weather, and for what is made over time itself', () => {
    const gust = limitOf({ quantity: 'gust', limit: 4 });
    const rows = history(15, (i) => ({ gust: 3 + i / 20 }));
    expect(weatherTrends(rows, [HUMIDITY, DEW, gust], TALE_MS)).toEqual([]);
  });

  it('looks at the last minutes only', () => {
    const rows = history(60, (i) => ({ humidity: i < 40 ? 20 + i : 60 }));
    expect(weatherTrends(rows, [HUMIDITY], TALE_MS)).toEqual([]);
  });

  it('is read from the history of the weather', async () => {
    const database = await tempDatabase();
    const spec = plcSpecOf([HUMIDITY]);
    expect(await predictedLimit(database, { spec, nowMs: TALE_MS })).toBeNull();
    const inside = {
      lights: '',
      dome: '',
      doors: '',
      shutter: '',
      temperature: null,
      pressure: null,
      humidity: null,
      global_status: 'OK',
    };
    for (const { updated, ...row } of history(12, (i) => ({ humidity: 60 + i }))) {
      const watches = { weather: { ...row, global_status: 'OK' }, inside, keep: true };
      await database.transaction((work) =>
        writeWatches(work, { ...watches, nowMs: Date.parse(updated) }),
      );
    }
    const found = await predictedLimit(database, { spec, nowMs: TALE_MS });
    expect(found).toMatchObject({ quantity: 'humidity', seconds: expect.closeTo(780, 3) });
  });
});
