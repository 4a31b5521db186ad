import { describe, expect, test } from 'vitest';
import {
  nextTry,
  outcomeOf,
  remainingRuns,
  TRIES_PER_EXPOSURE,
  type TriedExposure,
} from './sequence-run.ts';

const ALBUMS = [
  {
    id: 1,
    name: 'visible',
    channel: 'VIS',
    plans: [
      { id: 10, name: 'r', filter: 'r', exposureSeconds: 30, images: 2 },
      { id: 11, name: 'g', filter: 'g', exposureSeconds: 60, images: 1 },
    ],
  },
  {
    id: 2,
    name: 'infrared',
    channel: 'NIR',
    plans: [{ id: 20, name: 'J', filter: 'J', exposureSeconds: 10, images: 1 }],
  },
];

const NOTHING_DONE = { tried: [], failures: 0 };

function tried(number: number, attempt: number, state: string): TriedExposure {
  return { planId: 10, number, exposureId: `7-10-${number}-${attempt}`, channel: 'VIS', state };
}

/** What VIS still owes. */
function owed(...before: TriedExposure[]): string[] {
  const [visible] = remainingRuns(7, ALBUMS, { tried: before, failures: 0 });
  return visible?.exposures.map((one) => one.exposureId) ?? [];
}

describe('what is left of a sequence', () => {
  test('is everything at first, by channel and in the order of its plans', () => {
    const runs = remainingRuns(7, ALBUMS, NOTHING_DONE);
    expect(runs.map((run) => run.channel)).toEqual(['VIS', 'NIR']);
    expect(owed()).toEqual(['7-10-1-1', '7-10-2-1', '7-11-1-1']);
  });

  test('knows filter, exposure and album of each image', () => {
    expect(remainingRuns(7, ALBUMS, NOTHING_DONE)[1]?.exposures).toEqual([
      {
        exposureId: '7-20-1-1',
        attempt: 1,
        albumId: 2,
        planId: 20,
        number: 1,
        channel: 'NIR',
        filter: 'J',
        seconds: 10,
      },
    ]);
  });

  test('does not hold what was taken', () => {
    expect(owed(tried(1, 1, 'TAKEN'))).toEqual(['7-10-2-1', '7-11-1-1']);
  });

  test('holds what was aborted, under a name of its own', () => {
    expect(owed(tried(1, 1, 'ABORTED'))[0]).toBe('7-10-1-2');
  });

  test('holds what failed until its tries are used up', () => {
    const failures = Array.from({ length: TRIES_PER_EXPOSURE }, (_, i) =>
      tried(1, i + 1, 'FAILED'),
    );
    expect(owed(...failures.slice(1))[0]).toBe(`7-10-1-${TRIES_PER_EXPOSURE}`);
    expect(owed(...failures)[0]).toBe('7-10-2-1');
  });

  test('holds it again when the sequence came back because a device failed it', () => {
    const before = [1, 2, 3].map((attempt) => tried(1, attempt, 'FAILED'));
    const [visible] = remainingRuns(7, ALBUMS, { tried: before, failures: 1 });
    expect(visible?.exposures[0]?.exposureId).toBe('7-10-1-4');
  });

  test('keeps the name of what was exposing when the observer died', () => {
    const before = [tried(1, 1, 'ABORTED'), tried(1, 2, 'EXPOSING')];
    expect(owed(...before)[0]).toBe('7-10-1-2');
  });
});

test('the next try of an image bears another name and is the same image', () => {
  const [first] = remainingRuns(7, ALBUMS, NOTHING_DONE)[0]?.exposures ?? [];
  if (!first) throw new Error('nothing to try');
  const second = nextTry(7, first);
  expect(second).toEqual({ ...first, attempt: 2, exposureId: '7-10-1-2' });
  expect(nextTry(7, second).exposureId).toBe('7-10-1-3');
});

test.each([
  [4, 4, 'DONE'],
  [3, 4, 'PARTIAL'],
  [0, 4, 'FAILED'],
])('%i images of %i are %s', (taken, asked, outcome) => {
  expect(outcomeOf(taken, asked)).toBe(outcome);
});
