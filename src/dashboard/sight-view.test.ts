import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import type { StoredSequence } from '#request';
import { moonPosition } from '#sky';
import { nightTime, simulatedUnit, storedSequence } from '#testing';
import type { SequenceSight } from './schedule-page.ts';
import { sequenceSight } from './sight-view.ts';

const unit = simulatedUnit();
const span = { startMs: parseIso(nightTime('17:25:00')), endMs: parseIso(nightTime('05:35:30')) };
const pole = { raDeg: 30, decDeg: 88 };
const at = (place: { raDeg: number; decDeg: number }): Partial<StoredSequence> => {
  return { target: { name: 'T', ...place }, skyTarget: place };
};
const sightOf = (other: Partial<StoredSequence>, where = unit, night = '2014-04-23') =>
  sequenceSight({ sequence: storedSequence(1, other), unit: where, night, span });
const against = ({ steps }: SequenceSight, time: string) =>
  steps
    .find(({ start, end }) => nightTime(time) >= start && nightTime(time) < end)
    ?.against.map(({ code }) => code);

describe('the visibility line', () => {
  it('is 0 in the dark for what never sets, and counts the daylight', () => {
    const sight = sightOf(at(pole));
    expect(against(sight, '18:00:00')).toEqual(['NIGHT']);
    expect(against(sight, '23:00:00')).toEqual([]);
    expect(against(sight, '05:00:00')).toEqual(['NIGHT']);
  });

  it('covers the chart from end to end without a gap', () => {
    const { steps } = sightOf(at({ raDeg: 200, decDeg: 10 }));
    expect(steps[0]?.start).toBe(nightTime('17:25:00'));
    expect(steps.at(-1)?.end).toBe('2014-04-24T05:35:30.000Z');
    for (const [i, step] of steps.slice(1).entries()) expect(step.start).toBe(steps[i]?.end);
  });

  it('knows what is too low, and where it stands highest in the dark', () => {
    const sight = sightOf(at({ raDeg: 200, decDeg: -40 }));
    expect(against(sight, '23:00:00')).toEqual(['ELEVATION']);
    expect(sight.highest?.altDeg).toBeLessThan(unit.night.minAltDeg);
  });

  it('takes the limits of the sequence before those of the unit', () => {
    const place = at({ raDeg: 200, decDeg: -30 });
    expect(against(sightOf(place), '23:00:00')).toEqual(['ELEVATION']);
    const low = sightOf({ ...place, limits: { minAltDeg: 5 } });
    expect(against(low, '23:00:00')).toEqual([]);
    expect(low.minAltDeg).toBe(5);
  });

  it('knows its window', () => {
    const sight = sightOf({ ...at(pole), windowEndMs: parseIso(nightTime('22:00:00')) });
    expect(against(sight, '21:59:00')).toEqual([]);
    expect(against(sight, '22:01:00')).toEqual(['WINDOW']);
  });

  it('keeps away from the Moon while that is up', () => {
    const moon = moonPosition(unit.site, parseIso(nightTime('03:00:00')));
    const beside = { raDeg: moon.raDeg, decDeg: moon.decDeg + 10 };
    const flat = { ...unit, horizon: [{ azDeg: 0, altDeg: 0 }] };
    const sight = sightOf({ ...at(beside), limits: { minAltDeg: 0 } }, flat);
    expect(against(sight, '03:00:00')).toEqual(['MOON']);
    const codes = sight.steps.flatMap((step) => step.against.map(({ code }) => code));
    expect(codes).toContain('ELEVATION');
    expect(against(sight, '23:00:00')).not.toContain('MOON');
  });

  it('knows what stands behind the local horizon', () => {
    const walled = { ...unit, horizon: [{ azDeg: 0, altDeg: 60 }] };
    expect(against(sightOf(at(pole), walled), '23:00:00')).toEqual(['HORIZON']);
  });

  it('keeps away from the Sun where the sequence asks for it', () => {
    const sight = sightOf({ ...at(pole), limits: { sunDistanceDeg: 150 } });
    expect(against(sight, '23:00:00')).toEqual(['SUN']);
  });

  it('asks for a sky as dark as the sequence does', () => {
    const sight = sightOf({ ...at(pole), limits: { skyBrightness: 21 } });
    expect(against(sight, '19:40:00')).toEqual(['SKY_BRIGHTNESS']);
    expect(against(sight, '23:00:00')).toEqual([]);
  });

  it('is never 0 in the polar summer', () => {
    const north = { ...unit, site: { ...unit.site, latDeg: 78 } };
    const sight = sightOf(at(pole), north, '2014-06-21');
    expect(sight.steps.every((step) => step.against.some(({ code }) => code === 'NIGHT'))).toBe(
      true,
    );
    expect(sight.highest).toBeNull();
  });

  it('says what is wrong with a target that is none, and has no curve', () => {
    const place = { raDeg: Number.NaN, decDeg: Number.NaN };
    const sight = sightOf({ ...at(place), targetFault: '"Vulcan" is no body' });
    expect(sight.steps.every((step) => step.against.some(({ code }) => code === 'INVALID'))).toBe(
      true,
    );
    expect(sight).toMatchObject({
      raDeg: null,
      decDeg: null,
      highest: null,
      curve: { altDeg: [] },
    });
  });

  it('survives a window that is no date', () => {
    expect(sightOf({ ...at(pole), windowStartMs: Number.NaN }).window.start).toBeNull();
  });
});
