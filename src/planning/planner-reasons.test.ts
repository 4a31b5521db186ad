import { describe, expect, it } from 'vitest';
import { calernNight, minutes, openSky, sequence, timed } from './plan-builders.ts';
import { plan } from './planner.ts';
import type { PlanInput, UnplannedSequence } from './schedule.ts';

function reasonOf(input: PlanInput): UnplannedSequence {
  const [first] = plan(input).unplanned;
  if (first === undefined) throw new Error('everything is planned');
  return first;
}

const at = (hour: number, minute = 0): number => Date.UTC(2014, 3, 23, hour, minute);
const jewelBox = { raDeg: 193.4, decDeg: -60.36 };
const antares = { raDeg: 247.352, decDeg: -26.432 };
const praesepe = { raDeg: 130.1, decDeg: 19.667 };

describe('the reason of an unplanned sequence', () => {
  it('is its elevation when it never rises', () => {
    const reason = reasonOf(calernNight([sequence(1, { target: jewelBox })]));
    expect(reason.code).toBe('ELEVATION');
    expect(reason.sentence).toMatch(
      /^never above 25° in the dark: highest -14\.\d° at \d\d:\d\dZ$/,
    );
    expect(reason.remedy).toMatch(/never rises above -14.1° at this latitude/);
  });

  it('is its elevation when it is low, with the highest point', () => {
    const reason = reasonOf(calernNight([sequence(1, { target: antares })]));
    expect(reason.sentence).toMatch(/^never above 25° in the dark: highest 19\.8° at 01:5\dZ$/);
  });

  it('is its elevation when it sets too soon', () => {
    const reason = reasonOf(
      calernNight([sequence(1, { target: praesepe, durationSeconds: 20_000 })]),
    );
    expect(reason).toMatchObject({ code: 'ELEVATION' });
    expect(reason.sentence).toMatch(/^above 25° for 1\d \d\d\d s only, and it takes 20 000 s$/);
  });

  it('is its window when that ends before the dark', () => {
    const early = { windowStartMs: at(12), windowEndMs: at(18, 30) };
    expect(reasonOf(calernNight([sequence(1, early)]))).toMatchObject({
      code: 'WINDOW',
      sentence: 'its window ends at 2014-04-23 18:30Z, before the time that is left, from 20:05Z',
    });
  });

  it('is its window when that begins after the dark', () => {
    const late = { windowStartMs: at(28), windowEndMs: at(30) };
    expect(reasonOf(calernNight([sequence(1, late)])).sentence).toBe(
      'its window begins at 2014-04-24 04:00Z, after the end of the dark at 02:50Z',
    );
  });

  it('is its window when that leaves too little', () => {
    const short = { windowStartMs: at(20), windowEndMs: at(20, 10), durationSeconds: 400 };
    expect(reasonOf(calernNight([sequence(1, short)])).sentence).toBe(
      'its window leaves 300 s of the dark, and it takes 400 s',
    );
  });

  it('is the night when it is over', () => {
    expect(reasonOf(openSky([sequence(1)], 10, { nowMs: minutes(11) }))).toMatchObject({
      code: 'NIGHT',
      sentence: 'the dark time ended at 00:10Z',
    });
  });

  it('is the night when too little is left', () => {
    const long = sequence(1, { durationSeconds: 1240 });
    expect(reasonOf(openSky([long], 10)).sentence).toBe(
      'only 600 s of dark time are left, and it takes 1 240 s',
    );
  });

  it('is the Moon when it is too near', () => {
    // On 2014-04-15 the full Moon stood near Spica.
    const spica = sequence(1, { target: { raDeg: 201.298, decDeg: -11.161 } });
    const input = calernNight([spica], {
      night: { scienceStartMs: Date.UTC(2014, 3, 14, 21), scienceEndMs: Date.UTC(2014, 3, 15, 2) },
      nowMs: Date.UTC(2014, 3, 14, 21),
    });
    const reason = reasonOf(input);
    expect(reason.code).toBe('MOON');
    expect(reason.sentence).toMatch(
      /^Moon at \d(\.\d)?° at best, at \d\d:\d\dZ; the limit is 25°$/,
    );
  });

  it('is not the Moon when that is below the horizon', () => {
    // The Moon rose near 02:00 on this night, and this target is nearby it.
    const near = sequence(1, { target: { raDeg: 318, decDeg: -5 } });
    const input = calernNight([near]);
    const low = { ...input, constraints: { ...input.constraints, minAltDeg: -40 } };
    expect(reasonOf(low).code).toBe('HORIZON');
  });

  it('is the local horizon when something stands in the way', () => {
    const input = calernNight([sequence(1, { target: praesepe, durationSeconds: 600 })]);
    const walled = { ...input.constraints, horizon: [{ azDeg: 0, altDeg: 80 }] };
    const reason = reasonOf({ ...input, constraints: walled });
    expect(reason.code).toBe('HORIZON');
    expect(reason.sentence).toMatch(
      /^behind the local horizon: \d+(\.\d)?° below it at best, at 20:05Z$/,
    );
  });

  it('names those who outbid it, and what is left', () => {
    const rivals = [1, 2, 3, 4, 5].map((id) =>
      sequence(id, { ...timed([0, 10], 2), priority: 10 }),
    );
    const reason = reasonOf(openSky([...rivals, sequence(6, timed([0, 10], 3))], 10));
    expect(reason).toMatchObject({
      sequenceId: 6,
      code: 'OUTBID',
      sentence:
        'outbid by S1, S2, S3 and 2 more: it takes 180 s, 0 s at most are free while it may be observed (00:00Z to 00:10Z)',
    });
  });

  it('names first those who hold its best place', () => {
    const rivals = [1, 2, 3].map((id) => sequence(id, { ...timed([0, 9], 3), priority: 10 }));
    const late = sequence(4, timed([0, 9], 3, 8));
    expect(reasonOf(openSky([...rivals, late], 9)).sentence).toMatch(/^outbid by S3, S2, S1:/);
  });

  it('is the running sequence when nothing else is in the way', () => {
    const running = { sequence: sequence(1), startMs: 0, endMs: minutes(10) };
    const reason = reasonOf(openSky([sequence(2, timed([0, 8], 5))], 20, { running }));
    expect(reason.sentence).toMatch(/^outbid by the running sequence/);
  });
});
