import { describe, expect, it } from 'vitest';
import { NOTHING_KNOWN, remember, verdictOf } from '#environment';
import { parseIso } from '#platform';
import { fairFrame, simulatedUnit } from '#testing';
import { reasonList } from './reason-list.ts';

describe('a list of reasons', () => {
  it('tells quantities together that only have to stay good', () => {
    const reasons = [
      'rain 0 mm/h is good again, 14 min of dwell left',
      'Somebody is in the observatory',
      'wind 3.1 m/s is good again, 9 min of dwell left',
      'cloud -20 °C is good again, 9 min of dwell left',
    ];
    expect(reasonList(reasons)).toEqual([
      'Somebody is in the observatory',
      'rain, wind and cloud good again, 14 min of dwell left',
    ]);
  });

  it('knows the words of the safety verdict', () => {
    const { plc } = simulatedUnit();
    const atMs = parseIso('2014-04-23T18:00Z');
    const memory = remember(
      NOTHING_KNOWN,
      {
        source: 'plc',
        devices: fairFrame(atMs).device,
        dateMs: atMs,
        nowMs: atMs,
        atMono: 0,
        slackSeconds: 0,
      },
      { spec: plc },
    );
    const { reasons } = verdictOf(memory, plc, { nowMs: atMs, atMono: 0, slackSeconds: 0 });
    expect(reasonList(reasons.map(({ sentence }) => sentence))).toEqual([
      'rain, rain detector, humidity, dew margin, wind, gust, cloud and temperature good again, 15 min of dwell left',
    ]);
  });

  it('leaves a single one with its value', () => {
    const reasons = ['rain 0 mm/h is good again, 14 min of dwell left', 'wind is unknown'];
    expect(reasonList(reasons)).toEqual(reasons);
  });
});
