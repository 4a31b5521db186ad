import { describe, expect, it } from 'vitest';
import { filledArguments, spokenAnswer } from './solver-answer.ts';

describe('what a solver says', () => {
  it('is the last line of its output that is a place', () => {
    const output = 'solving…\n{"raDeg": 1, "decDeg": 2}\n{"raDeg": 10.5, "decDeg": -3}\nbye\n';
    expect(spokenAnswer(output)).toEqual({ ok: true, place: { raDeg: 10.5, decDeg: -3 } });
  });

  it.each(['', 'nothing', '{"raDeg": 400, "decDeg": 0}', '{"raDeg": "1", "decDeg": 2}', '[1, 2]'])(
    'is nothing in "%s"',
    (output) => {
      expect(spokenAnswer(output)).toBeNull();
    },
  );
});

describe('the arguments of a solver', () => {
  const values = { file: '/a b.fits', ra: '10', dec: '-5', scale: '2.03', out: '/tmp/x.wcs' };

  it('are filled in wherever they stand', () => {
    const args = ['--ra={ra}', '--dec', '{dec}', '{scale}/{scale}', '{file}', '{out}', '--ra'];
    expect(filledArguments(args, values)).toEqual([
      '--ra=10',
      '--dec',
      '-5',
      '2.03/2.03',
      '/a b.fits',
      '/tmp/x.wcs',
      '--ra',
    ]);
  });

  it('keep what is no placeholder', () => {
    expect(filledArguments(['{other}', '$file'], values)).toEqual(['{other}', '$file']);
  });
});
