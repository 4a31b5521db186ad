import { describe, expect, it } from 'vitest';
import { separationDeg } from '#sky';
import { Aim, movedBy, offsetTo } from './aim.ts';

describe('a place moved on the sky', () => {
  it('changes its RA by the offset divided by the cosine of its declination', () => {
    const moved = movedBy({ raDeg: 100, decDeg: 60 }, { raArcsec: 36, decArcsec: 0 });
    expect((moved.raDeg - 100) * 3600).toBeCloseTo(72, 3);
  });

  it('is so far away near the pole too', () => {
    const pole = { raDeg: 10, decDeg: 89.999 };
    const moved = movedBy(pole, { raArcsec: 30, decArcsec: 40 });
    expect(separationDeg(pole, moved) * 3600).toBeCloseTo(50, 6);
  });

  it('is found again by the offset between the two', () => {
    const from = { raDeg: 359.99, decDeg: -35 };
    const offset = offsetTo(from, movedBy(from, { raArcsec: 120, decArcsec: -77 }));
    expect(offset.raArcsec).toBeCloseTo(120, 6);
    expect(offset.decArcsec).toBeCloseTo(-77, 6);
  });
});

describe('the aim of an observation', () => {
  const target = { raDeg: 200, decDeg: 45 };

  it('is the target itself at first', () => {
    expect(new Aim().orderFor(target)).toEqual(target);
  });

  it('puts right what centring found', () => {
    const aim = new Aim();
    aim.correct({ raArcsec: 60, decArcsec: -30 });
    const offset = offsetTo(target, aim.orderFor(target));
    expect(offset.raArcsec).toBeCloseTo(-60, 6);
    expect(offset.decArcsec).toBeCloseTo(30, 6);
  });

  it('says where the telescope looks, the dither included', () => {
    const aim = new Aim();
    aim.correct({ raArcsec: 60, decArcsec: -30 });
    aim.setDither({ raArcsec: 5, decArcsec: 5 });
    const looks = offsetTo(target, aim.truePlace(aim.orderFor(target)));
    expect(looks.raArcsec).toBeCloseTo(5, 1);
    expect(looks.decArcsec).toBeCloseTo(5, 1);
  });
});
