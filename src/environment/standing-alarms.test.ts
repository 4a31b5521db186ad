import { describe, expect, it } from 'vitest';
import { fairFrame, limitOf, plcSpecOf, Tale } from '#testing';
import { standingAlarms } from './standing-alarms.ts';

const SENSORS = [
  { device: 'WXT520', value: 'WindSpeed', gain: 1, offset: 0, frozenAfter: 4 },
  { device: 'VantagePro', value: 'WindSpeed', gain: 1, offset: 0, frozenAfter: 4 },
];

const alarmsOf = (tale: Tale, second: number) => {
  const [verdict, moment] = [tale.at(second), tale.moment(second)];
  return standingAlarms(tale.memory, tale.spec, { verdict, moment });
};
const keysOf = (tale: Tale, second: number) => alarmsOf(tale, second).map(({ key }) => key);

describe('what people should know', () => {
  it('is nothing on a fair night, nor is bad weather', () => {
    const tale = new Tale(plcSpecOf([limitOf()]));
    expect(keysOf(tale.wind(0, 20, 3), 20)).toEqual([]);
    expect(keysOf(tale.wind(25, 40, 30), 40)).toEqual([]);
  });

  it('is that sensors are frozen, and that nobody knows the wind any more (F5)', () => {
    const tale = new Tale(plcSpecOf([limitOf({ sensors: SENSORS })])).wind(0, 15, 3);
    expect(tale.at(15)).toMatchObject({ safe: false, causes: [{ key: 'wind', kind: 'hardware' }] });
    expect(keysOf(tale, 15)).toEqual([
      'unknown.wind',
      'frozen.WXT520.WindSpeed',
      'frozen.VantagePro.WindSpeed',
    ]);
    expect(alarmsOf(tale, 15)[1]?.sentence).toBe(
      'WXT520.WindSpeed gave 3 4 times in a row: it is not believed',
    );
  });

  it('is one alarm for a station with several faults, each named', () => {
    const limits = [limitOf(), limitOf({ quantity: 'humidity', limit: 85, unit: 'percent' })];
    const tale = new Tale(plcSpecOf(limits)).frame(0, (ms) =>
      fairFrame(ms, { vantagePro: { WindSpeed: -300, OutsideHumidity: 'wet' } }),
    );
    expect(alarmsOf(tale, 0)).toEqual([
      expect.objectContaining({
        key: 'sensor.VantagePro',
        severity: 'WARNING',
        sentence:
          'VantagePro is not believed: OutsideHumidity not-a-number, WindSpeed out-of-range',
      }),
    ]);
  });

  it.each([
    ['EmergencyStop', 1, 'emergency stop', 'CRITICAL'],
    ['Intrusion', 1, 'intrusion', 'CRITICAL'],
    ['Ups', 'low', 'UPS', 'CRITICAL'],
    ['Ups', '', 'UPS', 'CRITICAL'],
    ['Doors', 'open', 'doors', 'WARNING'],
  ])('is at once that %s is %s (F20 to F23)', (name, value, key, severity) => {
    const tale = new Tale(plcSpecOf([limitOf()])).frame(0, (ms) =>
      fairFrame(ms, { site: { [name]: value } }),
    );
    expect(alarmsOf(tale, 0)).toEqual([
      expect.objectContaining({ key, severity, afterSeconds: 0 }),
    ]);
  });

  it('is one alarm, not twenty, when the PLC is lost', () => {
    const tale = new Tale(plcSpecOf([limitOf()])).wind(0, 10, 3);
    expect(keysOf(tale, 100)).toEqual(['plc']);
  });
});
