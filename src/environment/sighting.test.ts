import { describe, expect, it } from 'vitest';
import { fairFrame, limitOf, plcDevice, plcSpecOf, TALE_MS, Tale } from '#testing';

const SPEC = plcSpecOf([limitOf({ badDelaySeconds: 10, goodDelaySeconds: 60 })]);
const MAX_AGE = SPEC.maxAgeSeconds;
const calm = () => new Tale(SPEC).wind(0, 60, 3);

describe('clocks (F41)', () => {
  it.each([
    ['an hour ahead', 3600],
    ['an hour behind', -3600],
    ['just beyond the greatest age', MAX_AGE + 1],
  ])('that are %s of each other are a cause of their own', (_, seconds) => {
    const tale = calm();
    for (let at = 65; at <= 100; at += 5) tale.frame(at, fairFrame, at + seconds);
    expect(tale.at(100).causes).toEqual([
      expect.objectContaining({ key: 'clock', kind: 'clock', sinceMs: TALE_MS + 65_000 }),
    ]);
  });

  it('that are a little apart are forgiven', () => {
    expect(
      calm()
        .frame(65, fairFrame, 65 + MAX_AGE)
        .at(65).safe,
    ).toBe(true);
  });

  it.each([3600, -3600, 262, -262])('of ours that jump by %d s make nothing older', (seconds) => {
    const tale = calm();
    tale.offSeconds = seconds;
    expect(tale.at(62).causes).toEqual([
      expect.objectContaining({
        key: 'clock',
        sentence: `This computer's clock jumped by ${seconds} s`,
      }),
    ]);
    tale.offSeconds = 0;
    expect(tale.at(62).safe).toBe(true);
  });

  it('of ours that jump by less than the greatest age change nothing at all', () => {
    const tale = calm();
    tale.offSeconds = 15;
    expect(tale.wind(65, 100, 3).at(100).safe).toBe(true);
  });

  it('are forgotten once they agree again, without another dwell', () => {
    const tale = calm().frame(65, fairFrame, 3665).frame(70, fairFrame);
    expect(tale.at(70).safe).toBe(true);
  });
});

describe('a weather station beside the PLC', () => {
  const station = limitOf({
    goodDelaySeconds: 0,
    sensors: [{ device: 'Mast', value: 'WindSpeed', gain: 1, offset: 0 }],
  });
  const spec = plcSpecOf([station]);
  const mast = (tale: Tale, second: number, metresPerSecond = 3, datedSecond = second) =>
    tale.arrival(second, {
      source: 'Mast',
      devices: [plcDevice('Mast', { WindSpeed: metresPerSecond })],
      dateMs: TALE_MS + datedSecond * 1000,
    });

  it('is heard like a device of the PLC', () => {
    const tale = mast(new Tale(spec).frame(0, fairFrame), 1);
    expect(tale.at(1).safe).toBe(true);
    expect(mast(tale, 2, 30).keys(2)).toEqual(['wind']);
  });

  it('that falls silent grows old alone', () => {
    const tale = mast(new Tale(spec).frame(0, fairFrame), 1).wind(5, 20, 3);
    expect(tale.at(21).safe).toBe(true);
    expect(tale.wind(25, 25, 3).keys(25)).toEqual(['wind']);
  });

  it('that repeats itself grows old too', () => {
    const tale = new Tale(spec);
    for (let at = 0; at <= 30; at += 5) mast(tale.frame(at, fairFrame), at, 3, 0);
    expect(tale.keys(30)).toEqual(['wind']);
  });

  it('whose clock is wrong is not believed, and the others still are', () => {
    const tale = mast(new Tale(spec).frame(0, fairFrame), 1, 3, 4000);
    expect(tale.keys(1)).toEqual(['wind']);
    expect(tale.memory.sensors['Mast.WindSpeed']?.quality).toBe('suspect');
  });
});
