import { describe, expect, it } from 'vitest';
import { type Attendance, absent, attendance } from './guardian-attendance.ts';

const said = (word: string, ageSeconds = 0, isOver = false) => [
  { name: 'Majordome', word, ageSeconds, isOver },
];
const at = (second: number) => ({ nowMs: second * 1000, silenceSeconds: 60 });
const missing = (heard: Attendance, second: number) => absent(heard, ['Majordome'], at(second));

describe('an agent', () => {
  it('that was never heard is absent', () => {
    expect(missing({}, 0)).toEqual(['Majordome']);
  });

  it('is present for a minute after each new word, whatever its date (F41)', () => {
    let heard = attendance({}, said('1', 3600), at(0));
    expect(missing(heard, 0)).toEqual(['Majordome']);
    heard = attendance(heard, said('2', 3600), at(2));
    expect([missing(heard, 62), missing(heard, 63)]).toEqual([[], ['Majordome']]);
  });

  it('is not kept alive by the same word read again', () => {
    let heard = attendance({}, said('1'), at(0));
    for (let second = 2; second <= 70; second += 2)
      heard = attendance(heard, said('1'), at(second));
    expect(missing(heard, 70)).toEqual(['Majordome']);
  });

  it('is believed by the date of the first word that is seen, for the rest of its minute', () => {
    const heard = attendance({}, said('1', 50), at(100));
    expect([missing(heard, 110), missing(heard, 111)]).toEqual([[], ['Majordome']]);
  });

  it('whose first word is dated in the future has a minute from now, not more', () => {
    const heard = attendance({}, said('1', -59), at(100));
    expect([missing(heard, 160), missing(heard, 161)]).toEqual([[], ['Majordome']]);
  });

  it('that says it is over is absent at once', () => {
    const heard = attendance(attendance({}, said('1'), at(0)), said('2', 0, true), at(2));
    expect(missing(heard, 2)).toEqual(['Majordome']);
  });

  it('is remembered when the list is empty once', () => {
    const heard = attendance(attendance({}, said('1'), at(0)), [], at(2));
    expect(missing(heard, 10)).toEqual([]);
  });
});
