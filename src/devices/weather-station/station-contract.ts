import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import type { WeatherStation } from './weather-station.ts';

/** A weather station under test. */
export interface StationBench {
  readonly station: WeatherStation;
  readonly alias: string;
  /** The observatory's time, UTC ms. */
  now(): number;
  pass(seconds: number): Promise<void>;
}

/** What every weather station does, simulated or real. */
export function stationContract(kind: string, bench: Bench<StationBench>): void {
  describe(`${kind} keeps the contract of a weather station: it`, () => {
    it('tells its alias, and values with their units', async () => {
      const { station, alias } = await bench();
      const { name, values } = await station.status();
      expect(name).toBe(alias);
      expect(values.length).toBeGreaterThan(0);
      expect(values.every(({ unit }) => unit !== '')).toBe(true);
    });

    it('dates its values by the observatory’s time', async () => {
      const { station, now, pass } = await bench();
      await pass(60);
      const { date = '' } = await station.status();
      expect(Math.abs(Date.parse(`${date}Z`) - now())).toBeLessThanOrEqual(2000);
    });
  });
}
