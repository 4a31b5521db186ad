import { describe, expect, it } from 'vitest';
import { cardRecords } from './card.ts';
import { parseCards } from './parse-cards.ts';

describe('a FITS card', () => {
  it('is one record of 80 characters', () => {
    const card = { keyword: 'EXPTIME', value: 30, decimals: 3, comment: '[s] exposure' };
    expect(cardRecords(card)).toEqual(['EXPTIME =               30.000 / [s] exposure'.padEnd(80)]);
  });

  it.each([
    ['a text', 'M44'],
    ['an empty text', ''],
    ['a text with quotes', "O'Neil's star"],
    ['an integer', -12],
    ['a fraction', 2456771.38083],
    ['a tiny number', 1e-21],
    ['a huge number', -1.5e300],
    ['a boolean', true],
    ['an undefined value', null],
  ])('keeps %s', (_kind, value) => {
    const card = { keyword: 'KEY', value, comment: 'about it' };
    expect(parseCards(cardRecords(card))).toEqual([card]);
  });

  it('continues a long text over several records', () => {
    const card = { keyword: 'LONG', value: `${"it's ".repeat(40)}the end`, comment: 'long' };
    const records = cardRecords(card);
    expect(records.length).toBeGreaterThan(2);
    expect(records.every((record) => record.length === 80)).toBe(true);
    expect(parseCards(records)).toEqual([card]);
  });

  it('splits a long text without parting a doubled quote', () => {
    for (let shift = 0; shift < 4; shift++) {
      const card = { keyword: 'LONG', value: `${'x'.repeat(shift)}${"'".repeat(90)}` };
      expect(parseCards(cardRecords(card))).toEqual([card]);
    }
  });

  it('gives a long history as many records as it needs', () => {
    const records = cardRecords({ keyword: 'HISTORY', value: 'a'.repeat(100) });
    expect(records.map((record) => record.trimEnd().length)).toEqual([80, 36]);
  });

  it('drops accents and replaces what ASCII cannot hold', () => {
    const [record] = cardRecords({ keyword: 'OBSERVER', value: 'Zoë\nÅ ☾' });
    expect(record).toContain("'Zoe A ? '");
  });

  it('cuts a comment where the record ends', () => {
    const [record] = cardRecords({ keyword: 'A', value: 1, comment: 'c'.repeat(99) });
    expect(record).toHaveLength(80);
  });

  it.each(['lower', 'TOOLONGKEY', 'A B', 'É'])('refuses the keyword "%s"', (keyword) => {
    expect(() => cardRecords({ keyword, value: 1 })).toThrow('keyword must be');
  });

  it('refuses a number that FITS cannot hold', () => {
    expect(() => cardRecords({ keyword: 'KEY', value: Number.NaN })).toThrow('not a number');
  });

  it('says which record makes no sense', () => {
    expect(() => parseCards(['KEY     = what?'.padEnd(80)])).toThrow('"KEY     = what?"');
  });

  it('reads a Fortran exponent', () => {
    expect(parseCards(['KEY     = 1.5D3 / f'])).toEqual([
      { keyword: 'KEY', value: 1500, comment: 'f' },
    ]);
  });
});
