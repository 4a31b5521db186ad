import { describe, expect, it } from 'vitest';
import { targetOf, targetRow } from './target-row.ts';

const points = [
  { ms: 1000, raDeg: 10, decDeg: 20 },
  { ms: 2000, raDeg: 11, decDeg: 20.5 },
];
const star = targetRow({ target: { name: 'M 13', raDeg: 250.4, decDeg: 36.5 } });
const body = { ...star, target: 'Mars', target_form: 'BODY' };
const comet = { ...star, target_form: 'EPHEMERIS', ephemeris: JSON.stringify(points) };

describe('the target in a row', () => {
  it('is a place without motion', () => {
    expect(targetOf(star)).toEqual({
      target: { name: 'M 13', raDeg: 250.4, decDeg: 36.5 },
      skyTarget: { raDeg: 250.4, decDeg: 36.5 },
      targetFault: '',
    });
  });

  it('keeps its proper motion and epoch', () => {
    const motion = { pmRaMasPerYear: -798.58, pmDecMasPerYear: 10328.12, epoch: 2016 };
    const target = { name: 'Barnard', raDeg: 269.4, decDeg: 4.7, ...motion };
    expect(targetOf(targetRow({ target }))).toMatchObject({ target, skyTarget: motion });
  });

  it('keeps a body, and the place that was computed for it', () => {
    const target = { name: 'Mars', raDeg: 1, decDeg: 2 };
    const path = { kind: 'BODY', body: 'Mars' } as const;
    expect(targetOf(targetRow({ target, path }))).toEqual({
      target,
      skyTarget: path,
      targetFault: '',
    });
  });

  it('keeps an ephemeris', () => {
    const target = { name: 'Comet', raDeg: 1, decDeg: 2 };
    const path = { kind: 'EPHEMERIS', points } as const;
    expect(targetOf(targetRow({ target, path })).skyTarget).toEqual(path);
  });

  it('may be a body that somebody wrote there without a place, in any case', () => {
    const row = { ...body, target: ' mars', ra_deg: null, dec_deg: null };
    expect(targetOf(row)).toMatchObject({
      skyTarget: { kind: 'BODY', body: 'Mars' },
      target: { raDeg: Number.NaN },
    });
  });

  it.each([
    ['an unknown form', { ...star, target_form: 'STAR' }, 'write FIXED, BODY or EPHEMERIS'],
    ['an unknown body', { ...body, target: 'Pluto' }, '"Pluto" is no body: write one of Moon,'],
    ['an ephemeris that is missing', { ...comet, ephemeris: null }, 'write it again as JSON'],
    ['an ephemeris that is cut', { ...comet, ephemeris: '[{"ms":1' }, 'write it again as JSON'],
    ['an ephemeris of nothing', { ...comet, ephemeris: '[]' }, 'write it again as JSON'],
    ['an ephemeris of null', { ...comet, ephemeris: '[null]' }, 'write it again as JSON'],
    [
      'an ephemeris that goes back in time',
      { ...comet, ephemeris: JSON.stringify(points.toReversed()) },
      'by time',
    ],
    [
      'an ephemeris of texts',
      { ...comet, ephemeris: '[{"ms":"1","raDeg":"1","decDeg":"1"}]' },
      '{ms, raDeg, decDeg}',
    ],
    [
      'an ephemeris beyond the pole',
      { ...comet, ephemeris: '[{"ms":1,"raDeg":1,"decDeg":91}]' },
      '{ms, raDeg, decDeg}',
    ],
  ])('with %s is nowhere, and says why', (_, row, fault) => {
    const read = targetOf(row);
    expect(read.targetFault).toContain(fault);
    expect(read.skyTarget).toEqual({ raDeg: Number.NaN, decDeg: Number.NaN });
  });

  it('with a text for a number is nowhere', () => {
    const row = { ...star, ra_deg: 'ten' as unknown as number };
    expect(targetOf(row).skyTarget).toEqual({ raDeg: Number.NaN, decDeg: 36.5 });
  });
});
