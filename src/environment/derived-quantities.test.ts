import { describe, expect, it } from 'vitest';
import { fairFrame, limitOf, plcFrame, plcSpecOf, Tale } from '#testing';
import type { Limit } from '#unit';

describe('quantities made of others', () => {
  const derived = (quantity: Limit['quantity'], limit: number, bad: Limit['bad'] = 'above') =>
    new Tale(
      plcSpecOf([limitOf({ quantity, limit, bad, unit: quantity === 'gust' ? 'm/s' : 'K' })]),
    );

  it('are a dew margin of temperature and humidity', () => {
    const damp = (OutsideHumidity: number) =>
      derived('dewMargin', 2, 'below')
        .frame(0, (ms) => fairFrame(ms, { wxt520: { OutsideHumidity } }))
        .at(0);
    expect(damp(50).safe).toBe(true);
    expect(damp(95).reasons[0]?.sentence).toMatch(/^dew margin 0\.\d+ K is below 2 K$/);
  });

  it('are a gust that lasts for its window', () => {
    const tale = derived('gust', 10).wind(0, 0, 20).wind(5, 500, 3);
    expect(tale.keys(500)).toEqual(['gust']);
    expect(tale.wind(505, 700, 3).at(700).safe).toBe(true);
  });

  it('are a sky margin, colder than the air when clear', () => {
    const sky = (SkyTemperature: number) =>
      derived('skyMargin', -20)
        .frame(0, (ms) => fairFrame(ms, { sky: { SkyTemperature } }))
        .at(0);
    expect([sky(-20).safe, sky(0).safe]).toEqual([true, false]);
  });

  it('are unknown, and unsafe, while what they are made of is', () => {
    const tale = derived('dewMargin', 2, 'below').frame(0, (ms) =>
      plcFrame(ms, fairFrame(ms).device.slice(2)),
    );
    expect(tale.at(0).reasons[0]?.sentence).toBe('dew margin is unknown: no valid sensor');
  });

  it('are a trend of the pressure, unknown for the first ten minutes', () => {
    const limit = limitOf({ quantity: 'pressureTrend', bad: 'below', limit: -3, unit: 'hPa/h' });
    const tale = new Tale(plcSpecOf([limit]));
    const falls = (from: number, to: number) => {
      for (let at = from; at <= to; at += 10) {
        tale.frame(at, (ms) => fairFrame(ms, { wxt520: { Pressure: 870 - at / 600 } }));
      }
      return tale.at(to).reasons[0]?.sentence;
    };
    expect(falls(0, 300)).toBe('pressure trend is unknown: no valid sensor');
    expect(falls(310, 900)).toMatch(/^pressure trend -6(\.\d+)? hPa\/h is below -3 hPa\/h$/);
  });
});
