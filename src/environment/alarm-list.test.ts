import { describe, expect, it } from 'vitest';
import { type Alarm, type AlarmList, nextAlarms } from './alarm-list.ts';

const FROST: Alarm = { key: 'frost', severity: 'WARNING', sentence: 'It is cold', afterSeconds: 0 };

/** Looks every 2 s for so long; gives when and with which count it was told, in seconds. */
function toldWithin(seconds: number, alarm: Alarm, standsFor = seconds) {
  let list: AlarmList = {};
  const told: [number, number][] = [];
  const cleared: number[] = [];
  for (let at = 0; at <= seconds; at += 2) {
    const news = nextAlarms(list, at <= standsFor ? [alarm] : [], at * 1000);
    list = news.list;
    for (const { count } of news.raised) told.push([at, count]);
    if (news.cleared.length > 0) cleared.push(at);
  }
  return { told, cleared };
}

describe('an alarm', () => {
  it('is told once, again after 1, 10 and 60 minutes, and then each hour', () => {
    expect(toldWithin(4 * 3600, FROST).told).toEqual([
      [0, 1],
      [60, 2],
      [600, 3],
      [3600, 4],
      [7200, 5],
      [10_800, 6],
      [14_400, 7],
    ]);
  });

  it('is told once that it is over', () => {
    expect(toldWithin(600, FROST, 100)).toEqual({
      told: [
        [0, 1],
        [60, 2],
      ],
      cleared: [102],
    });
  });

  it('is not told when it is shorter than it must last', () => {
    const patient = { ...FROST, afterSeconds: 30 };
    expect(toldWithin(600, patient, 28)).toEqual({ told: [], cleared: [] });
    expect(toldWithin(40, patient).told).toEqual([[30, 1]]);
  });
});
