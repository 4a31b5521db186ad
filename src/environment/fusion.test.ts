import { describe, expect, it } from 'vitest';
import { fairFrame, limitOf, plcDevice, plcFrame, plcSpecOf, Tale } from '#testing';
import type { Limit } from '#unit';
import { disagreement, fuse } from './fusion.ts';

const RAIN = limitOf({ quantity: 'rain', limit: 0.1, unit: 'mm/h', fusion: 'worst' });

/** What is made of one frame at its moment. */
function fused(limit: Limit, ...devices: Parameters<typeof plcDevice>[]) {
  const spec = plcSpecOf([limit]);
  const tale = new Tale(spec);
  tale.frame(0, (ms) =>
    plcFrame(
      ms,
      devices.map((one) => plcDevice(...one)),
    ),
  );
  const now = { sensors: tale.memory.sensors, sinceMono: 0 };
  return { reading: fuse(spec, limit, now), disagreement: disagreement(spec, limit, now) };
}

const rains = (limit: Limit, one: number, other: number) =>
  fused(limit, ['WXT520', { RainRate: one }], ['VantagePro', { RainRate: other }]);

describe('several sensors of one kind', () => {
  it('are the worst of them', () => {
    expect(rains(RAIN, 0, 3).reading).toMatchObject({ value: 3, sensor: 'VantagePro.RainRate' });
    expect(rains(RAIN, 4, 3).reading).toMatchObject({ value: 4, sensor: 'WXT520.RainRate' });
  });

  it('are the lowest of them where low is bad', () => {
    expect(rains({ ...RAIN, bad: 'below' }, 4, 3).reading?.value).toBe(3);
  });

  it('are the first of the ranking', () => {
    expect(rains({ ...RAIN, fusion: 'ranked' }, 0, 3).reading?.sensor).toBe('WXT520.RainRate');
  });

  it('are the next of the ranking when the first is not valid', () => {
    const ranked: Limit = { ...RAIN, fusion: 'ranked' };
    const both = fused(
      ranked,
      ['WXT520', { RainRate: 0 }, { valid: 'no' }],
      ['VantagePro', { RainRate: 3 }],
    );
    expect(both.reading?.sensor).toBe('VantagePro.RainRate');
  });

  it('are unknown when none is valid', () => {
    expect(fused(RAIN).reading).toBeNull();
  });

  it('are told in the unit of the limit', () => {
    const spec = plcSpecOf([limitOf({ unit: 'km/h', limit: 50 })]);
    const tale = new Tale(spec).frame(0, (ms) => fairFrame(ms, { wxt520: { WindSpeed: 10 } }));
    expect(Object.values(tale.memory.quantities)[0]?.value).toBeCloseTo(36, 9);
  });
});

describe('redundant sensors that contradict each other', () => {
  const DRD11 = limitOf({
    quantity: 'rainDetector',
    fusion: 'worst',
    bad: 'below',
    limit: 2.5,
    unit: 'V',
    sensors: [
      { device: 'DRD11', value: 'analog', gain: 1, offset: 0 },
      { device: 'DRD11', value: 'digital', unit: 'V', gain: 3, offset: 0 },
    ],
  });

  it('are named, and the worse one is believed (F7)', () => {
    const both = rains(RAIN, 0, 12);
    expect(both.disagreement).toBe(
      'sensors disagree: WXT520.RainRate 0, VantagePro.RainRate 12 mm/h',
    );
    expect(both.reading?.value).toBe(12);
  });

  it('are a DRD11 whose two outputs do not say the same', () => {
    const wetByVolts = fused(DRD11, ['DRD11', { analog: 2.345, digital: 1 }]);
    expect(wetByVolts.disagreement).toMatch(/DRD11.analog 2.35, DRD11.digital 3 V/);
    expect(wetByVolts.reading).toMatchObject({ value: 2.345, sensor: 'DRD11.analog' });
    const wetByBit = fused(DRD11, ['DRD11', { analog: 3, digital: 0 }]);
    expect(wetByBit.disagreement).not.toBeNull();
    expect(wetByBit.reading).toMatchObject({ value: 0, sensor: 'DRD11.digital' });
    expect(fused(DRD11, ['DRD11', { analog: 2.95, digital: 1 }]).disagreement).toBeNull();
  });

  it('do not when both say that it rains', () => {
    expect(rains(RAIN, 4, 12).disagreement).toBeNull();
  });

  it('do, beyond the tolerance, where the first of a ranking is believed', () => {
    const winds = (one: number, other: number, more: Partial<Limit> = {}) =>
      fused(limitOf(more), ['WXT520', { WindSpeed: one }], ['VantagePro', { WindSpeed: other }]);
    expect(winds(2, 7).disagreement).toBeNull();
    expect(winds(2, 9).disagreement).not.toBeNull();
    expect(winds(2, 7, { tolerance: 4 }).disagreement).not.toBeNull();
    expect(winds(2, 7, { unit: 'km/h', limit: 50 }).disagreement).toBeNull();
  });
});

describe('a sensor that never changes (F5)', () => {
  const frozen = limitOf({
    sensors: [
      { device: 'WXT520', value: 'WindSpeed', gain: 1, offset: 0, frozenAfter: 5 },
      { device: 'VantagePro', value: 'WindSpeed', gain: 1, offset: 0 },
    ],
  });

  const readingAfter = (readings: number, metresPerSecond: number, other = 4) => {
    const spec = plcSpecOf([frozen]);
    const tale = new Tale(spec);
    for (let i = 0; i < readings; i++) {
      const values = { wxt520: { WindSpeed: metresPerSecond }, vantagePro: { WindSpeed: other } };
      tale.frame(i * 2, (ms) => fairFrame(ms, values));
    }
    return fuse(spec, frozen, { sensors: tale.memory.sensors, sinceMono: 0 });
  };

  it('no longer vouches that all is well', () => {
    expect(readingAfter(4, 3)?.sensor).toBe('WXT520.WindSpeed');
    expect(readingAfter(5, 3)?.sensor).toBe('VantagePro.WindSpeed');
  });

  it('is still believed where it speaks of danger', () => {
    expect(readingAfter(5, 25)?.value).toBe(25);
  });

  it('is believed again at its next change', () => {
    const spec = plcSpecOf([frozen]);
    const tale = new Tale(spec).wind(0, 30, 3).wind(35, 35, 3.1);
    const reading = fuse(spec, frozen, { sensors: tale.memory.sensors, sinceMono: 0 });
    expect(reading).toMatchObject({ sensor: 'WXT520.WindSpeed', value: 3.1 });
  });

  it('does not count a frame that only repeats itself', () => {
    const spec = plcSpecOf([frozen]);
    const tale = new Tale(spec);
    for (let i = 0; i < 9; i++) tale.frame(i * 2, fairFrame, 0);
    expect(tale.memory.sensors['WXT520.WindSpeed']).toMatchObject({ same: 1, quality: 'good' });
  });
});
