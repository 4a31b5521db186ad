import { describe, expect, it } from 'vitest';
import { fairFrame, GUIDE_FRAME, limitOf, plcFrame, plcSpecOf, TALE_MS, Tale } from '#testing';
import type { Limit } from '#unit';

const WIND = limitOf({ badDelaySeconds: 10, goodDelaySeconds: 60 });
const SPEC = plcSpecOf([WIND]);
const MAX_AGE = SPEC.maxAgeSeconds;
const calm = () => new Tale(SPEC).wind(0, 60, 3);

describe('the verdict', () => {
  it('is unsafe while nothing is known (F11)', () => {
    expect(new Tale(SPEC).at(0)).toMatchObject({ safe: false, reasons: [{ key: 'plc' }] });
  });

  it('becomes safe only after the dwell, even at the start', () => {
    const tale = new Tale(SPEC).wind(0, 55, 3);
    expect(tale.at(55).safe).toBe(false);
    expect(tale.wind(60, 60, 3).at(60)).toMatchObject({ safe: true, causes: [], bypass: 'off' });
  });

  it('bears a value beyond the limit for the bad delay and no longer', () => {
    const tale = calm().wind(65, 70, 20);
    expect(tale.at(70).safe).toBe(true);
    expect(tale.wind(75, 75, 20).at(75)).toMatchObject({
      safe: false,
      reasons: [{ key: 'wind', sentence: 'wind 20 m/s is above 10 m/s' }],
    });
  });

  it('counts the bad delay anew after a value within the limit', () => {
    const tale = calm().wind(65, 70, 20).wind(75, 75, 3).wind(80, 85, 20);
    expect(tale.at(85).safe).toBe(true);
  });

  it('asks for the whole dwell after a bad spell', () => {
    const tale = calm().wind(65, 75, 20).wind(80, 135, 3);
    expect(tale.keys(135)).toEqual(['wind']);
    expect(tale.wind(140, 140, 3).at(140).safe).toBe(true);
  });

  it('counts the dwell anew after a gust', () => {
    const tale = calm().wind(65, 75, 20).wind(80, 120, 3).wind(125, 125, 20).wind(130, 185, 3);
    expect(tale.at(185).safe).toBe(false);
    expect(tale.wind(190, 190, 3).at(190).safe).toBe(true);
  });

  it('says what it is about, since when, and when it can end at the earliest', () => {
    const tale = calm().wind(65, 75, 20);
    const cause = { key: 'wind', kind: 'weather', sinceMs: TALE_MS + 75_000 };
    expect(tale.at(75).causes).toEqual([
      expect.objectContaining({ ...cause, earliestEndMs: TALE_MS + 135_000 }),
    ]);
    expect(tale.wind(80, 100, 3).at(100).causes).toEqual([
      {
        ...cause,
        sentence: 'wind 3 m/s is good again, 1 min of dwell left',
        earliestEndMs: TALE_MS + 140_000,
      },
    ]);
  });

  it('is unsafe once the last frame is too old, by age alone (F3)', () => {
    expect(calm().at(60 + MAX_AGE).safe).toBe(true);
    expect(calm().keys(60 + MAX_AGE + 1)).toEqual(['plc']);
  });

  it('asks for the whole dwell after a silence longer than the greatest age', () => {
    const tale = calm().wind(600, 655, 3);
    expect(tale.keys(655)).toEqual(['wind']);
    expect(tale.wind(660, 660, 3).at(660).safe).toBe(true);
  });

  it('goes on after a silence shorter than the greatest age', () => {
    expect(calm().wind(78, 78, 3).at(78).safe).toBe(true);
  });

  it('is unsafe on a frame that repeats itself, after the greatest age (F4)', () => {
    const tale = calm();
    for (let second = 62; second <= 80; second += 2) tale.frame(second, fairFrame, 60);
    expect(tale.at(80).safe).toBe(true);
    expect(tale.frame(82, fairFrame, 60).keys(82)).toEqual(['plc']);
  });

  it('ignores a frame that was overtaken on its way', () => {
    const tale = calm();
    const before = tale.memory;
    tale.frame(61, (ms) => fairFrame(ms, { wxt520: { WindSpeed: 99 } }), 50);
    expect(tale.memory).toBe(before);
  });

  it('is unsafe at once when no sensor of a quantity is valid, and then dwells', () => {
    const tale = calm().frame(65, (ms) => plcFrame(ms, fairFrame(ms).device.slice(2)));
    expect(tale.at(65).causes).toEqual([
      expect.objectContaining({
        key: 'wind',
        kind: 'hardware',
        sentence: 'wind is unknown: no valid sensor',
      }),
    ]);
    expect(tale.wind(70, 125, 3).at(125).safe).toBe(false);
    expect(tale.wind(130, 130, 3).at(130).safe).toBe(true);
  });

  it('is unsafe when one device is old in a fresh frame', () => {
    const old = new Date(TALE_MS + 30_000).toISOString().slice(0, 19);
    const tale = calm().frame(65, (ms) =>
      plcFrame(
        ms,
        fairFrame(ms).device.map((one) => ({ ...one, date: old })),
      ),
    );
    expect(tale.keys(65)).toEqual(['wind']);
  });

  it('tells of everything that is wrong at once', () => {
    const humidity = limitOf({ quantity: 'humidity', limit: 80, unit: 'percent' });
    const tale = new Tale(plcSpecOf([WIND, humidity])).frame(0, (ms) =>
      fairFrame(ms, { wxt520: { WindSpeed: 30, OutsideHumidity: 99 }, site: { Ups: 'low' } }),
    );
    expect(tale.keys(0)).toEqual(['UPS', 'wind', 'humidity']);
  });
});

describe('a limit of its own', () => {
  it('has a greatest age of its own', () => {
    const tale = new Tale(plcSpecOf([limitOf({ maxAgeSeconds: 8 })])).frame(0, fairFrame);
    expect(tale.at(8).safe).toBe(true);
    expect(tale.at(9).causes).toEqual([
      expect.objectContaining({ key: 'wind', kind: 'hardware', sentence: 'wind is 9 s old' }),
    ]);
  });

  it('is good again only where it reopens', () => {
    const limit = limitOf({ reopen: 7, goodDelaySeconds: 20 });
    const tale = new Tale(plcSpecOf([limit])).wind(0, 20, 3);
    expect(tale.at(20).safe).toBe(true);
    expect(tale.wind(25, 25, 9).at(25).safe).toBe(true);
    tale.wind(30, 30, 12).wind(35, 100, 9);
    expect(tale.at(100).reasons[0]?.sentence).toBe('wind 9 m/s is not yet back at 7 m/s');
    expect(tale.wind(105, 120, 6).at(120).safe).toBe(false);
    expect(tale.wind(125, 125, 6).at(125).safe).toBe(true);
  });

  it('may stand on either side of a quantity', () => {
    const warm = { quantity: 'temperature', unit: 'Celcius' } as const;
    const limits = [
      limitOf({ ...warm, limit: 30 }),
      limitOf({ ...warm, bad: 'below', limit: -20 }),
    ];
    const at = (OutsideTemp: number) =>
      new Tale(plcSpecOf(limits))
        .frame(0, (ms) => fairFrame(ms, { wxt520: { OutsideTemp } }))
        .at(0);
    expect([at(12).safe, at(31).safe, at(-21).safe]).toEqual([true, false, false]);
  });
});

describe('gusts that come and go (F9)', () => {
  const limit: Limit = limitOf({ goodDelaySeconds: 60, mostReopenings: 2, reopeningHours: 1 });

  /** Square waves of so many periods: two minutes of calm, ten seconds of storm. */
  function waves(periods: number, nextNoonMs: number | null): Tale {
    const tale = new Tale(plcSpecOf([limit]));
    tale.nextNoonMs = nextNoonMs;
    for (let i = 0; i < periods; i++)
      tale.wind(i * 130, i * 130 + 115, 3).wind(i * 130 + 120, i * 130 + 125, 20);
    return tale;
  }

  const NOON_MS = TALE_MS + 14 * 3_600_000;

  it('reopen so many times, and then keep it closed until noon', () => {
    const tale = waves(3, NOON_MS).wind(390, 800, 3);
    expect(tale.at(800).causes).toEqual([
      expect.objectContaining({
        key: 'wind',
        sentence: 'wind 3 m/s changed too often: held until 2026-10-13T12:00Z or until released',
        earliestEndMs: NOON_MS,
      }),
    ]);
    const noon = 14 * 3600;
    tale.wind(noon - 60, noon, 3);
    expect(tale.at(noon).safe).toBe(true);
  });

  it('keep nothing closed while they are fewer', () => {
    expect(waves(2, NOON_MS).wind(260, 400, 3).at(400).safe).toBe(true);
  });

  it('are not held by a watcher that only watches over danger', () => {
    expect(waves(5, null).wind(650, 800, 3).at(800).safe).toBe(true);
  });
});

describe('what the PLC says of the observatory', () => {
  it.each([
    ['Intrusion', 1, 'intrusion', 'site'],
    ['EmergencyStop', 1, 'emergency stop', 'site'],
    ['Ups', 'battery', 'UPS', 'hardware'],
    ['Ups', 'low', 'UPS', 'hardware'],
    ['Intrusion', 'maybe', 'intrusion', 'site'],
    ['EmergencyStop', 7, 'emergency stop', 'site'],
    ['Ups', '?', 'UPS', 'hardware'],
    ['Doors', 'open', 'doors', 'site'],
    ['Doors', '?', 'doors', 'site'],
    ['Lights', 'on', 'lights', 'site'],
    ['Lights', '', 'lights', 'site'],
    ['Mode', '', 'mode', 'site'],
  ])('is unsafe when %s is %s (F20 to F23)', (name, value, key, kind) => {
    const tale = calm().frame(65, (ms) => fairFrame(ms, { site: { [name]: value } }));
    expect(tale.at(65).causes).toEqual([expect.objectContaining({ key, kind })]);
  });

  it('is unsafe when it says nothing at all (F22)', () => {
    const tale = new Tale(plcSpecOf([limitOf()])).frame(0, (ms) =>
      plcFrame(ms, GUIDE_FRAME.device),
    );
    expect(tale.keys(0)).toEqual(['intrusion', 'emergency stop', 'UPS', 'mode', 'doors', 'lights']);
  });

  it('may be silent on doors and lights only where the unit file says so', () => {
    const quiet = plcSpecOf([limitOf()], { required: [] });
    const tale = new Tale(quiet).frame(0, (ms) =>
      fairFrame(ms, { site: { Doors: '', Lights: '' } }),
    );
    expect(tale.at(0).safe).toBe(true);
    tale.frame(5, (ms) => fairFrame(ms, { site: { Doors: 'open', Lights: '' } }));
    expect(tale.keys(5)).toEqual(['doors']);
  });

  it('stays unsafe after an emergency stop until the key was turned, a lost PLC or not (F23)', () => {
    const stop = { EmergencyStop: 1 };
    const tale = calm()
      .frame(65, (ms) => fairFrame(ms, { site: stop }))
      .frame(70, fairFrame);
    expect(tale.at(70).causes).toEqual([
      expect.objectContaining({ key: 'emergency stop', sinceMs: TALE_MS + 65_000 }),
    ]);
    expect(tale.keys(100)).toEqual(['plc', 'emergency stop']);
    tale.frame(75, (ms) => fairFrame(ms, { site: { Mode: 'manu' } })).frame(80, fairFrame);
    expect(tale.at(80).safe).toBe(true);
  });
});

describe('a bypass that the PLC shows', () => {
  const bypassed = (tale: Tale, from: number, to: number, more = {}) => {
    for (let second = from; second <= to; second += 10) {
      tale.frame(second, (ms) =>
        fairFrame(ms, { wxt520: { WindSpeed: 30, ...more }, site: { Bypass: 1 } }),
      );
    }
    return tale;
  };

  it('overrules the weather: raw, bypass and effective are three values', () => {
    const verdict = bypassed(calm(), 65, 85).at(85);
    expect(verdict).toMatchObject({
      safe: true,
      reasons: [],
      causes: [],
      raw: { safe: false, causes: [{ key: 'wind' }] },
      bypass: 'on',
    });
  });

  it('changes nothing while it is safe', () => {
    const tale = calm().frame(65, (ms) => fairFrame(ms, { site: { Bypass: 1 } }));
    expect(tale.at(65)).toMatchObject({ safe: true, raw: { safe: true }, bypass: 'on' });
  });

  it('is void after the longest time, and stays so while it is shown (F55)', () => {
    const { longestMinutes } = SPEC.bypass;
    const tale = bypassed(calm(), 65, 65 + longestMinutes * 60);
    expect(tale.at(65 + longestMinutes * 60).safe).toBe(true);
    const over = 66 + longestMinutes * 60;
    expect(tale.at(over)).toMatchObject({ safe: false, bypass: 'void' });
    tale.frame(over + 5, (ms) => plcFrame(ms, fairFrame(ms).device.slice(0, 4)));
    expect(bypassed(tale, over + 10, over + 20).at(over + 20).bypass).toBe('void');
    tale.frame(over + 25, fairFrame);
    expect(bypassed(tale, over + 30, over + 40).at(over + 40).bypass).toBe('on');
  });

  it('never covers rain, nor an emergency stop, nor a PLC that is lost', () => {
    const rain = limitOf({ quantity: 'rain', limit: 0.1, unit: 'mm/h' });
    const spec = plcSpecOf([limitOf(), rain]);
    const tale = bypassed(new Tale(spec), 0, 0, { RainRate: 4 });
    expect(tale.at(0)).toMatchObject({ safe: false, bypass: 'void' });
    expect(bypassed(tale, 10, 10).at(10)).toMatchObject({ safe: true, bypass: 'on' });
    expect(tale.at(10 + MAX_AGE + 1)).toMatchObject({ safe: false, bypass: 'void' });
    tale.frame(20, (ms) => fairFrame(ms, { site: { Bypass: 1, EmergencyStop: 1 } }));
    expect(tale.at(20)).toMatchObject({ safe: false, bypass: 'void' });
  });

  it('cannot be made to cover a PLC that is lost', () => {
    const spec = plcSpecOf([limitOf()], { bypass: { ...SPEC.bypass, never: [] } });
    const tale = bypassed(new Tale(spec), 0, 0);
    expect(tale.at(0).safe).toBe(true);
    expect(tale.at(MAX_AGE + 1).safe).toBe(false);
  });
});
