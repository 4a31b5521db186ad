import { describe, expect, it } from 'vitest';
import {
  hoursMinutesSeconds,
  instant,
  latency,
  siderealAfter,
  sinceOrigin,
  span,
  stopwatch,
  utcMinutes,
  utcOf,
  utcSeconds,
} from './time.ts';

const at = Date.UTC(2014, 3, 23, 21, 4, 33);

describe('instants', () => {
  it('are written in UTC', () => {
    expect(utcSeconds(at)).toBe('21:04:33');
    expect(utcMinutes(at)).toBe('21:05');
  });

  it('are a dash when not known', () => {
    expect(utcOf(null)).toBe('–');
    expect(utcOf('2014-04-23T21:04:33Z')).toBe('21:04:33');
  });

  it('are null when they are no instant', () => {
    expect(instant('soon')).toBeNull();
    expect(instant(null)).toBeNull();
  });
});

describe('sidereal time', () => {
  it('gains about four minutes in a day', () => {
    expect(siderealAfter(0, 86_400_000) * 60).toBeCloseTo(3.943, 2);
  });

  it('starts again at 24 h', () => {
    expect(siderealAfter(23.9, 3_600_000)).toBeLessThan(1);
  });

  it('is written in hours, minutes, seconds', () => {
    expect(hoursMinutesSeconds(14 + 2 / 60 + 11 / 3600)).toBe('14:02:11');
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [59.9, '1 min'],
    [720, '12 min'],
    [3599, '1 h 00'],
    [7500, '2 h 05'],
  ])('%s s reads %s', (seconds, text) => expect(span(seconds)).toBe(text));

  it.each([
    [3.21, '3.2 s'],
    [48.4, '48 s'],
    [72, '1 min 12 s'],
    [7500, '2 h 05'],
  ])('a latency of %s s reads %s', (seconds, text) => expect(latency(seconds)).toBe(text));

  it.each([
    [-16.2, 'T − 16 s'],
    [0, 'T = 0'],
    [1.8, 'T + 1.8 s'],
  ])('%s s from an origin reads %s', (seconds, text) => expect(sinceOrigin(seconds)).toBe(text));

  it('a stopwatch shows hours, minutes and seconds', () => {
    expect(stopwatch(14.9)).toBe('00:00:14');
    expect(stopwatch(-3)).toBe('00:00:00');
    expect(stopwatch(90_061)).toBe('25:01:01');
  });
});
