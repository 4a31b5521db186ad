import { describe, expect, it } from 'vitest';
import { NightTime, nothing } from './night-time.ts';

const minutes = (count: number): number => count * 60_000;

describe('the time of a night', () => {
  it('leaves out what lies before and after the night', () => {
    const time = new NightTime(minutes(10), minutes(60));
    time.spend('overheads', minutes(5));
    time.spend('weather', minutes(90));
    expect(time.close()).toEqual({ ...nothing(), weather: minutes(50) });
  });

  it('takes a long idle stretch for a want of targets, in however many pieces', () => {
    const time = new NightTime(0, minutes(60));
    for (let i = 1; i <= 4; i++) time.idle(minutes(10 * i));
    time.spend('observed', minutes(60));
    expect(time.close()).toMatchObject({ noTarget: minutes(40), gaps: 0 });
  });

  it('tells a want of quota from a want of targets', () => {
    const time = new NightTime(0, minutes(60));
    time.idle(minutes(20), 'quotas');
    time.spend('observed', minutes(30));
    time.idle(minutes(60));
    expect(time.close()).toMatchObject({ quotas: minutes(20), noTarget: minutes(30) });
  });

  it('takes a short idle stretch for a gap', () => {
    const time = new NightTime(0, minutes(60));
    time.spend('observed', minutes(50));
    expect(time.close()).toMatchObject({ noTarget: 0, gaps: minutes(10) });
  });
});
