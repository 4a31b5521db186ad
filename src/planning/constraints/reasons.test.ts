import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../job.ts';
import { calernNight, minutes, openSky, sequence, timed } from '../plan-builders.ts';
import type { PlanInput, PlanSequence, SequenceLimits, UnplannedSequence } from '../schedule.ts';

function reasonOf(input: PlanInput): UnplannedSequence {
  const [first] = candidatesOf(input).unplanned;
  if (first === undefined) throw new Error('the sky allows it');
  return first;
}

/** What the same sequence gets with other limits, window or duration. */
function isAllowed(input: PlanInput, changes: Partial<PlanSequence>): boolean {
  const sequences = input.sequences.map((each) => ({ ...each, ...changes }));
  return candidatesOf({ ...input, sequences }).jobs.length > 0;
}

const at = (hour: number, minute = 0): number => Date.UTC(2014, 3, 23, hour, minute);
const jewelBox = { raDeg: 193.4, decDeg: -60.36 };
const antares = { raDeg: 247.352, decDeg: -26.432 };
const praesepe = { raDeg: 130.1, decDeg: 19.667 };
const altair = { raDeg: 297.696, decDeg: 8.868 };
const spica = { raDeg: 201.298, decDeg: -11.161 };

/** The night of 2014-04-14: the full Moon near Spica. */
function moonNight(changes: Partial<PlanSequence>): PlanInput {
  const scienceStartMs = Date.UTC(2014, 3, 14, 21);
  return calernNight([sequence(1, { target: spica, durationSeconds: 600, ...changes })], {
    night: { scienceStartMs, scienceEndMs: Date.UTC(2014, 3, 15, 2) },
    nowMs: scienceStartMs,
  });
}

describe('a target that is too low', () => {
  it('is told that it never rises', () => {
    expect(reasonOf(calernNight([sequence(1, { target: jewelBox })]))).toMatchObject({
      code: 'ELEVATION',
      sentence: expect.stringMatching(
        /^never above 25° in the dark: highest -14\.\d° at \d\d:\d\dZ$/,
      ),
      remedy: expect.stringMatching(
        /^Ask another site: it never rises above -14\.[12]° at this latitude\.$/,
      ),
    });
  });

  it('is told a limit that it reaches', () => {
    const input = calernNight([sequence(1, { target: antares })]);
    expect(reasonOf(input)).toMatchObject({
      sentence: expect.stringMatching(/^never above 25° in the dark: highest 19\.8° at 01:5\dZ$/),
      remedy:
        'Lower minAlt to 19, or ask another site: it never rises above 19.8° at this latitude.',
    });
    expect(isAllowed(input, { limits: { minAltDeg: 19 } })).toBe(true);
    expect(isAllowed(input, { limits: { minAltDeg: 20 } })).toBe(false);
  });

  it('is told when in this night its window should be', () => {
    const early = { target: altair, windowStartMs: at(20, 10), windowEndMs: at(21, 30) };
    const input = calernNight([sequence(1, { ...early, durationSeconds: 600 })]);
    const { sentence, remedy } = reasonOf(input);
    expect(sentence).toMatch(/^never above 25° in your window: highest -?\d+(\.\d)?° at 21:30Z$/);
    expect(remedy).toMatch(/^Move the window to between 0[01]:\d\dZ and 02:50Z\.$/);
  });

  it('is told from what date it is high enough', () => {
    const oneNight = { windowEndMs: at(28), durationSeconds: 600 };
    const eastern = { raDeg: 310, decDeg: 30 };
    const input = calernNight([
      sequence(1, { target: eastern, ...oneNight, limits: { minAltDeg: 60 } }),
    ]);
    const { sentence, remedy } = reasonOf(input);
    expect(sentence).toMatch(/^never above 60° in the dark: highest \d\d(\.\d)?° at 02:50Z$/);
    const [, lower, day] =
      /^Lower minAlt to (\d+), or move the window after (\d+) May\.$/.exec(remedy) ?? [];
    expect(isAllowed(input, { limits: { minAltDeg: Number(lower) } })).toBe(true);
    // The dark of May ends earlier: 02:05 in its middle.
    const later = (date: number): PlanInput => ({
      ...input,
      night: {
        scienceStartMs: Date.UTC(2014, 4, date, 20, 50),
        scienceEndMs: Date.UTC(2014, 4, date + 1, 2, 10),
      },
      nowMs: Date.UTC(2014, 4, date, 20),
    });
    const windowEndMs = Date.UTC(2014, 6, 1);
    expect(isAllowed(later(Number(day) - 4), { windowEndMs })).toBe(false);
    expect(isAllowed(later(Number(day) + 4), { windowEndMs })).toBe(true);
  });

  it('is told to wait when its window holds better nights', () => {
    const target = { raDeg: 310, decDeg: 30 };
    const input = calernNight([sequence(1, { target, limits: { minAltDeg: 60 } })]);
    expect(reasonOf(input).remedy).toMatch(
      / or wait: it is possible after \d+ May, in its window\.$/,
    );
  });

  it('is told how much shorter it should be', () => {
    const input = calernNight([sequence(1, { target: praesepe, durationSeconds: 20_000 })]);
    const { code, sentence, remedy } = reasonOf(input);
    expect(code).toBe('ELEVATION');
    expect(sentence).toMatch(
      /^above 25° for 1\d \d\d\d s only in the dark, and it takes 20 000 s$/,
    );
    const [, thousands, rest] = /^Shorten it by (\d+) (\d+) s/.exec(remedy) ?? [];
    expect(isAllowed(input, { durationSeconds: 20_000 - Number(`${thousands}${rest}`) })).toBe(
      true,
    );
  });
});

describe('a window', () => {
  it('may end before the dark', () => {
    const early = { windowStartMs: at(12), windowEndMs: at(18, 30) };
    expect(reasonOf(calernNight([sequence(1, early)]))).toMatchObject({
      code: 'WINDOW',
      sentence:
        'its window ends at 2014-04-23 18:30Z, before the dark time that is left, from 20:05Z',
      remedy: 'End its window (jd2) at 2014-04-23 20:06Z or later.',
    });
  });

  it('may begin after the dark', () => {
    const late = { windowStartMs: at(28), windowEndMs: at(30) };
    expect(reasonOf(calernNight([sequence(1, late)]))).toMatchObject({
      sentence: 'its window begins at 2014-04-24 04:00Z, after the end of the dark at 02:50Z',
      remedy:
        'Wait for the night of its window, or begin it (jd1) at 2014-04-24 02:49Z or earlier.',
    });
  });

  it('may leave too little', () => {
    const short = { windowStartMs: at(20), windowEndMs: at(20, 10), durationSeconds: 400 };
    expect(reasonOf(calernNight([sequence(1, short)]))).toMatchObject({
      sentence: 'its window leaves 300 s of the dark, and it takes 400 s',
      remedy: 'Widen its window by 100 s within 20:05Z to 02:50Z, or shorten it by 100 s.',
    });
  });

  it('may lie outside its ephemeris', () => {
    const points = [
      { ms: at(10), raDeg: 200, decDeg: 30 },
      { ms: at(12), raDeg: 201, decDeg: 30 },
    ];
    const target = { kind: 'EPHEMERIS', points } as const;
    expect(reasonOf(calernNight([sequence(1, { target })]))).toMatchObject({
      code: 'WINDOW',
      sentence: 'its ephemeris covers 2014-04-23 10:00Z to 2014-04-23 12:00Z only',
    });
  });

  it('may have closed for this night', () => {
    const one = sequence(1, timed([0, 6], 2));
    expect(reasonOf(openSky([one], 10, { nowMs: minutes(5) }))).toMatchObject({
      code: 'WINDOW',
      sentence: 'it is too late: it could start until 00:04Z, and it is 00:05Z',
    });
  });
});

describe('a night', () => {
  it('may be over', () => {
    expect(reasonOf(openSky([sequence(1)], 10, { nowMs: minutes(11) }))).toMatchObject({
      code: 'NIGHT',
      sentence: 'the dark time ended at 00:10Z',
    });
  });

  it('may be too short by itself', () => {
    const long = sequence(1, { durationSeconds: 1240 });
    expect(reasonOf(openSky([long], 10)).sentence).toBe(
      'only 600 s of dark time are in this night, and it takes 1 240 s: 640 s too much',
    );
  });

  it('may have too little left', () => {
    const long = sequence(1, { durationSeconds: 500 });
    expect(reasonOf(openSky([long], 10, { nowMs: minutes(5) }))).toMatchObject({
      code: 'NIGHT',
      sentence: 'only 300 s of dark time are left, and it takes 500 s: 200 s too much',
      remedy: 'Shorten it by 200 s, or wait for the next night.',
    });
  });

  it('may be too short until a season', () => {
    const long = sequence(1, { durationSeconds: 30_000 });
    expect(reasonOf(calernNight([long])).remedy).toMatch(
      /^Shorten it by 5 700 s, or move it to the longer nights after \d+ (August|September)\.$/,
    );
  });

  it('may not be at all, in a polar summer', () => {
    const solstice = Date.UTC(2014, 5, 21, 12);
    const input = calernNight([sequence(1)], {
      night: { scienceStartMs: solstice, scienceEndMs: solstice },
      nowMs: solstice,
    });
    const site = { latDeg: 69.6, lonDeg: 18.9, altitudeM: 100 };
    const polar = { ...input, constraints: { ...input.constraints, site } };
    const { code, sentence, remedy } = reasonOf(polar);
    expect(code).toBe('NIGHT');
    expect(sentence).toBe('there is no dark time this night: the Sun stays too high');
    expect(remedy).toMatch(
      /the next night that is dark for long enough is that of \d+ September\.$/,
    );
  });
});

describe('the Moon', () => {
  it('may be too near', () => {
    const input = moonNight({ windowEndMs: Date.UTC(2014, 3, 15, 4) });
    const { code, sentence, remedy } = reasonOf(input);
    expect(code).toBe('MOON');
    expect(sentence).toMatch(
      /^Moon at \d(\.\d)?° at best in the dark, at \d\d:\d\dZ; the limit is 25°$/,
    );
    expect(remedy).toMatch(
      /^(Lower moonDistance to \d, or m|M)ove the window after 1[67] April\.$/,
    );
  });

  it('may be accepted nearer', () => {
    const input = moonNight({ target: { raDeg: 214, decDeg: -13 } });
    const [, lower] = /^Lower moonDistance to (\d+)/.exec(reasonOf(input).remedy) ?? [];
    expect(isAllowed(input, { limits: { moonDistanceDeg: Number(lower) } })).toBe(true);
    expect(isAllowed(input, { limits: { moonDistanceDeg: Number(lower) + 1 } })).toBe(false);
  });

  it('does not count below the horizon, unless it is asked to', () => {
    // The Moon rose near 02:00 on this night, and this target is near it.
    const near = sequence(1, { target: { raDeg: 318, decDeg: -5 } });
    const input = calernNight([near]);
    const low = { ...input, constraints: { ...input.constraints, minAltDeg: -40, horizon: [] } };
    const limits: SequenceLimits = { moonDistanceAlways: true };
    const flat = {
      ...low,
      constraints: { ...low.constraints, horizon: [{ azDeg: 0, altDeg: -50 }] },
    };
    expect(isAllowed(flat, {})).toBe(true);
    expect(isAllowed(flat, { limits })).toBe(false);
  });
});

describe('what else may stand in the way', () => {
  it('is the Sun', () => {
    const low = { raDeg: 85, decDeg: 25 };
    const limits: SequenceLimits = { minAltDeg: 10, sunDistanceDeg: 80 };
    const { code, sentence, remedy } = reasonOf(
      calernNight([sequence(1, { target: low, limits, windowEndMs: at(28) })]),
    );
    expect(code).toBe('SUN');
    expect(sentence).toMatch(
      /^Sun at \d\d(\.\d)?° at best in the dark, at \d\d:\d\dZ; the limit is 80°$/,
    );
    expect(remedy).toMatch(
      /^Lower sunDistance to \d\d, or move the window after \d+ (July|August|September)\.$/,
    );
  });

  it('is the local horizon', () => {
    const input = calernNight([sequence(1, { target: praesepe, durationSeconds: 600 })]);
    const walled = { ...input.constraints, horizon: [{ azDeg: 0, altDeg: 80 }] };
    const { code, sentence } = reasonOf({ ...input, constraints: walled });
    expect(code).toBe('HORIZON');
    expect(sentence).toMatch(
      /^behind the local horizon in the dark: \d+(\.\d)?° below it at best, at 20:05Z$/,
    );
  });

  it('is a bright sky', () => {
    const input = moonNight({ target: { raDeg: 240, decDeg: 30 }, limits: { skyBrightness: 21 } });
    const { code, sentence, remedy } = reasonOf(input);
    expect(code).toBe('SKY_BRIGHTNESS');
    expect(sentence).toMatch(
      /^the sky is never darker than 1\d(\.\d)? mag\/arcsec² in the dark, at .*; the limit is 21 mag\/arcsec²$/,
    );
    const [, accepted] = /^Accept a sky of ([\d.]+) mag/.exec(remedy) ?? [];
    expect(isAllowed(input, { limits: { skyBrightness: Number(accepted) } })).toBe(true);
  });

  it('is not the brightness of a night without a Moon', () => {
    const limits = { skyBrightness: 21 };
    expect(candidatesOf(calernNight([sequence(1, { limits })])).unplanned).toEqual([]);
  });

  it('is the seeing, when it is measured', () => {
    const input = openSky([sequence(1, { limits: { maxSeeingArcsec: 1.5 } })], 10);
    expect(reasonOf({ ...input, conditions: { seeingArcsec: 2.43 } })).toMatchObject({
      code: 'SEEING',
      sentence: 'the seeing is 2.43″: 0.93″ above its limit of 1.5″',
      remedy: 'Accept 2.43″, or wait: it is planned again as soon as the seeing is better.',
    });
    expect(isAllowed({ ...input, conditions: { seeingArcsec: null } }, {})).toBe(true);
    expect(isAllowed({ ...input, conditions: { seeingArcsec: 1.5 } }, {})).toBe(true);
  });
});

describe('a window that lies far away', () => {
  it.each([
    [8e15, /^its window begins at \+255479-11-28 14:13Z, after/],
    [-8.1e15, /^its window ends at -254709-\d\d-\d\d \d\d:\d\dZ, before/],
  ])('is told with its whole date: %d', (startMs, sentence) => {
    const window = { windowStartMs: startMs, windowEndMs: startMs + 1e9 };
    expect(reasonOf(calernNight([sequence(1, window)])).sentence).toMatch(sentence);
  });
});

describe('a lack of less than a millisecond', () => {
  it('is never told as nothing', () => {
    const scienceStartMs = at(21) + 0.6;
    const night = { scienceStartMs, scienceEndMs: scienceStartMs + 1000 };
    const input = calernNight([sequence(1, { target: null, durationSeconds: 1 })], { night });
    expect(reasonOf({ ...input, nowMs: at(20) }).remedy).toMatch(/^Shorten it by 1 s,/);
  });
});
