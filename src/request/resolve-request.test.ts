import { describe, expect, it } from 'vitest';
import { altAz, moonPosition } from '#sky';
import type { RequestDraft } from './request.ts';
import { resolveRequest, resolveTarget } from './resolve-request.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const ms = Date.UTC(2014, 3, 23, 21);

const draft: RequestDraft = {
  name: 'R',
  program: 'GRB',
  targetType: 'test',
  isAlert: false,
  submitted: true,
  sequences: [
    {
      name: 'S',
      target: { name: 'zenith', zenithDistanceDeg: 10 },
      windowStartMs: ms,
      windowEndMs: ms + 3_600_000,
      priority: 50,
      startMode: 'IMMEDIATE',
      tPreferedMs: null,
      durationSeconds: 80,
      albums: [],
    },
  ],
};

describe('a relative target', () => {
  it('stands on the meridian, towards the south, at its moment', () => {
    const target = resolveTarget({ name: 'x', zenithDistanceDeg: 10 }, site, ms);
    const place = altAz(target, site, ms);
    expect(place.altDeg).toBeCloseTo(80, 6);
    expect(place.azDeg).toBeCloseTo(180, 6);
  });

  it('has the declination of the latitude minus the zenith distance', () => {
    const target = resolveTarget({ name: 'x', zenithDistanceDeg: 30 }, site, ms);
    // 14 years of precession move the declination by up to 0.08 degrees.
    expect(Math.abs(target.decDeg - 13.752)).toBeLessThan(0.09);
  });
});

describe('a draft', () => {
  it('becomes a submitted request whose targets are fixed', () => {
    const request = resolveRequest(draft, { site, submittedAtMs: ms, targetsAtMs: ms });
    expect(request).toMatchObject({ submittedAtMs: ms, sequences: [{ status: 'SUBMITTED' }] });
    expect(request.sequences[0]?.target).toMatchObject({ name: 'zenith' });
    expect(request.sequences[0]?.target.decDeg).toBeGreaterThan(33);
  });

  it('stays incomplete while it is not submitted', () => {
    const request = resolveRequest(
      { ...draft, submitted: false },
      { site, submittedAtMs: ms, targetsAtMs: ms },
    );
    expect(request.sequences[0]?.status).toBe('INCOMPLETE');
  });

  it('keeps a target that is already fixed', () => {
    const target = { name: 'M44', raDeg: 130.1, decDeg: 19.7 };
    const fixed = { ...draft, sequences: draft.sequences.map((each) => ({ ...each, target })) };
    const request = resolveRequest(fixed, { site, submittedAtMs: ms, targetsAtMs: ms });
    expect(request.sequences[0]?.target).toEqual(target);
  });

  it('puts a target that moves where it is at the start of its window', () => {
    const target = { name: 'Moon', path: { kind: 'BODY', body: 'Moon' } } as const;
    const moving = { ...draft, sequences: draft.sequences.map((each) => ({ ...each, target })) };
    const request = resolveRequest(moving, {
      site,
      submittedAtMs: ms - 1e8,
      targetsAtMs: ms - 1e8,
    });
    const { raDeg, decDeg } = moonPosition(site, ms);
    expect(request.sequences[0]).toMatchObject({
      target: { name: 'Moon', raDeg, decDeg },
      path: target.path,
    });
  });
});
