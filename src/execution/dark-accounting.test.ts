import { describe, expect, test } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { darkAccounting } from './dark-accounting.ts';

const START = Date.UTC(2026, 9, 12, 20);
const DARK = { startMs: START, endMs: START + 3_600_000 };
type Line = readonly [number, FactType, object];

function tale(...lines: readonly Line[]): Fact[] {
  return lines.map(([seconds, type, payload], i) => {
    const at = new Date(START + seconds * 1000).toISOString();
    return { id: i + 1, at, agent: 'M', type, payload } as Fact;
  });
}

const line = <T extends FactType>(seconds: number, type: T, payload: FactPayloads[T]): Line => [
  seconds,
  type,
  payload,
];
const image = (seconds: number, exposure: number) => ({
  start_at: new Date(START + seconds * 1000).toISOString(),
  seconds: exposure,
});
const paused = (seconds: number, ...keys: string[]) =>
  line(seconds, 'PausesChanged', {
    pauses: keys.map((key) => ({ kind: 'weather', key, sentence: key })),
  });
const opened = (seconds: number) => line(seconds, 'DomeOpened', { by: 'M' });
const begins = (seconds: number, sequenceId = 1) =>
  line(seconds, 'SequenceStarted', {
    sequenceId,
    name: 'S',
    program: 'P',
    target: 'T',
    isAlert: false,
  });
const ends = (seconds: number, sequenceId = 1) =>
  line(seconds, 'SequenceEnded', { sequenceId, name: 'S', outcome: 'DONE', reason: '', images: 1 });

function account(facts: Fact[], images: { start_at: string; seconds: number }[] = []) {
  return darkAccounting({ facts, images, dark: DARK });
}

function sum({
  exposing,
  overhead,
  paused: pauses,
  nothing,
  unexplained,
}: ReturnType<typeof account>) {
  const of = (parts: readonly { seconds: number }[]) =>
    parts.reduce((total, { seconds }) => total + seconds, 0);
  return exposing + of(overhead) + of(pauses) + nothing + unexplained;
}

describe('the dark', () => {
  test('of a clear hour without work is nothing to observe', () => {
    const { nothing, unexplained } = account(tale(paused(-600), opened(-500)));
    expect([nothing, unexplained]).toEqual([3600, 0]);
  });

  test('is split into exposing, overheads and what stood against it', () => {
    const facts = tale(
      paused(-600),
      opened(-500),
      begins(100),
      line(100, 'SlewStarted', { sequenceId: 1, raDeg: 0, decDeg: 0, altDeg: 60 }),
      line(130, 'SlewEnded', { sequenceId: 1, seconds: 30 }),
      line(206, 'OverheadMeasured', { kind: 'read-out', seconds: 6, plannedSeconds: 6 }),
      ends(210),
      begins(212, 2),
      ends(300, 2),
      paused(1000, 'rain'),
      line(1000, 'DomeClosing', { by: 'M', reason: 'rain' }),
      line(1035, 'DomeClosed', { by: 'M' }),
      paused(2000),
      line(2000, 'DomeOpening', { by: 'M', sunAltDeg: -30 }),
      opened(2040),
    );
    const got = account(facts, [image(140, 60), image(140, 30)]);
    expect(got).toEqual({
      darkSeconds: 3600,
      exposing: 60,
      overhead: expect.arrayContaining([
        { kind: 'slew', seconds: 30 },
        { kind: 'read-out', seconds: 6 },
        { kind: 'hand-over', seconds: 2 },
        { kind: 'dome', seconds: 40 },
        { kind: 'between exposures', seconds: 14 + 88 },
      ]),
      paused: [{ kind: 'weather', key: 'rain', seconds: 1000 }],
      nothing: 100 + 700 + 1560,
      unexplained: 0,
    });
    expect(sum(got)).toBeCloseTo(3600);
  });

  test('under two pauses counts once, for the first', () => {
    const { paused: pauses } = account(tale(paused(-600, 'rain', 'wind')));
    expect(pauses).toEqual([{ kind: 'weather', key: 'rain', seconds: 3600 }]);
  });

  test('before the Majordome spoke is that of one that did not run', () => {
    const { paused: pauses, unexplained } = account(tale(paused(600), opened(600)));
    expect(pauses).toEqual([{ kind: 'person', key: 'not started', seconds: 600 }]);
    expect(unexplained).toBe(0);
  });

  test('with the dome shut and no reason told is unexplained', () => {
    expect(account(tale(paused(-600))).unexplained).toBe(3600);
  });

  test('that is not there is nothing at all', () => {
    const none = darkAccounting({ facts: [], images: [], dark: null });
    expect(none).toEqual({
      darkSeconds: 0,
      exposing: 0,
      overhead: [],
      paused: [],
      nothing: 0,
      unexplained: 0,
    });
  });
});

test('an exposure that was lost was time spent, not exposing', () => {
  const exposure = { exposureId: 'e', sequenceId: 1, channel: 'VIS' };
  const facts = tale(
    paused(-600),
    opened(-500),
    begins(0),
    line(10, 'ExposureStarted', { ...exposure, filter: 'r', seconds: 60 }),
    line(40, 'ExposureLost', { ...exposure, state: 'ABORTED', reason: 'rain' }),
    ends(40),
  );
  const { exposing, overhead } = account(facts);
  expect(exposing).toBe(0);
  expect(overhead).toContainEqual({ kind: 'lost exposure', seconds: 30 });
});
