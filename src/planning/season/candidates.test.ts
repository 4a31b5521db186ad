import { describe, expect, it } from 'vitest';
import { AccountBook } from './account-book.ts';
import { candidatesOf } from './candidates.ts';
import type { SeasonInput } from './season.ts';
import { asked, busySeason, quietSeason } from './season-builders.ts';
import { seasonNights } from './season-night.ts';
import { SequenceBook } from './sequence-book.ts';

/** The candidates of the first night. */
function candidates(input: SeasonInput, most: number, charge = 0): number[] {
  const nights = seasonNights(input);
  const [night] = nights;
  const [sequence] = input.sequences;
  if (night === undefined || sequence === undefined) throw new Error('nothing to choose from');
  const accounts = new AccountBook(input);
  accounts.charge(sequence, charge);
  const book = new SequenceBook(input.sequences, input.constraints, nights);
  const parts = { accounts, programs: input.programs, most, oversubscription: 50 };
  return candidatesOf({ row: 0, night }, book, parts).chosen.map(({ id }) => id);
}

const lastNightMs = Date.UTC(2026, 2, 11, 5);

describe('the candidates of a night', () => {
  it('are no more than asked for', () => {
    expect(candidates(busySeason(1, 200), 30)).toHaveLength(30);
  });

  it('begin with the one that cannot wait, of equals', () => {
    const sequences = [asked(1), asked(2, { windowEndMs: lastNightMs })];
    expect(candidates(quietSeason({ sequences }), 10)).toEqual([2, 1]);
  });

  it('begin with the program that lags behind, of equals', () => {
    const programs = ['A', 'B'].map((name) => ({ name, quotaSeconds: 10_000 }));
    const other = asked(2, { program: 'B', accounts: ['program "B"'] });
    const sequences = [asked(1), other];
    expect(candidates(quietSeason({ programs, sequences }), 10)).toEqual([1, 2]);
    expect(candidates(quietSeason({ programs, sequences }), 10, 5000)).toEqual([2, 1]);
  });

  it('leave out what nobody can pay for', () => {
    const programs = [{ name: 'A', quotaSeconds: 1000 }];
    expect(candidates(quietSeason({ programs, sequences: [asked(1)] }), 10)).toEqual([]);
  });

  it('leave no part of the night empty for the sake of more urgent ones', () => {
    const evening = { raDeg: 80, decDeg: 0 };
    const morning = { raDeg: 250, decDeg: 20 };
    const urgent = Array.from({ length: 30 }, (_, i) =>
      asked(i + 1, { target: evening, priority: 20 }),
    );
    const sequences = [...urgent, asked(99, { target: morning, priority: 90 })];
    expect(candidates(quietSeason({ sequences }), 16)).toContain(99);
  });
});
