import { beforeAll, describe, expect, test } from 'vitest';
import { parseIso } from '#platform';
import { factsOf, type PhaseRecord, type PhaseWorld, phaseNight } from './phases/phase-night.ts';
import {
  alwaysHolds,
  burst,
  everybody,
  HOUR,
  into,
  MINUTE,
  msOf,
  named,
  site,
  weather,
} from './phases/phase-terms.ts';
import { slotsOf } from './phases/plan-check.ts';
import { fillerSteps, sequenceAt, submit, userSteps } from './phases/user-simulator.ts';

/** The versions of the guide's second phase (§13.6.2): each has what the one before has, and more. */

describe('version 4: with alarms of weather and site', () => {
  let night: PhaseRecord;

  beforeAll(async () => {
    night = await phaseNight({
      kinds: everybody,
      fromMs: into(-30),
      untilMs: into(165),
      scenario: site(
        ...weather('RainRate', [12, 0], [into(-28), into(25)]),
        ...weather('WindSpeed', [28, 3], [into(90), into(98)]),
      ),
      steps: [
        ...fillerSteps(5, into(-29)),
        ...userSteps(5, { count: 11, fromMs: into(-25), untilMs: into(60) }),
        burst(into(94), { trigger: '700021' }),
      ],
    });
  });

  alwaysHolds('version 4', () => night);

  test('a late opening is planned anew from that moment', () => {
    const [opening] = factsOf(night, 'DomeOpened');
    const [ready] = night.versions.filter(({ reason }) => /ready, \d+ min into/.test(reason));
    expect(opening && msOf(opening)).toBeGreaterThan(into(35));
    const [slot] = slotsOf(ready ?? { lines: [] });
    const createdMs = parseIso(ready?.created ?? '');
    expect(slot && slot.startMs - createdMs).toBeLessThan(5 * MINUTE);
    expect(createdMs - (opening ? msOf(opening) : 0)).toBeLessThanOrEqual(0);
  });

  test('nothing is exposed while it is closed', () => {
    const shut = factsOf(night, 'DomeClosing').map(msOf);
    expect(shut.length).toBeGreaterThan(0);
    for (const exposure of factsOf(night, 'ExposureStarted')) {
      const closing = factsOf(night, 'DomeClosing').findLast((fact) => fact.id < exposure.id);
      const opened = factsOf(night, 'DomeOpened').findLast((fact) => fact.id < exposure.id);
      expect(opened?.id ?? 0).toBeGreaterThan(closing?.id ?? 0);
    }
  });

  test('what the wind stopped goes back to the planner', () => {
    const stopped = factsOf(night, 'SequenceEnded').find(
      (fact) => fact.payload.outcome === 'INTERRUPTED' && msOf(fact) < into(92),
    );
    expect(stopped && msOf(stopped)).toBeGreaterThan(into(89));
    const { status } = named(night, stopped?.payload.name ?? '');
    expect(['PLANNED', 'EXECUTING', 'DONE', 'UNPLANNABLE']).toContain(status);
  });

  test('an alert that came meanwhile is the first after the opening', () => {
    const opening = factsOf(night, 'DomeOpened').find((fact) => msOf(fact) > into(98));
    const next = factsOf(night, 'SequenceStarted').find((fact) => fact.id > (opening?.id ?? 0));
    expect(next?.payload.name).toBe('Swift 700021');
    expect(next && opening && msOf(next) - msOf(opening)).toBeLessThan(MINUTE);
  });
});

describe('version 5: with the execution of sequences', () => {
  let night: PhaseRecord;
  // Best in its first hours, so that they come in turn.
  const special = (name: string, changes: Parameters<typeof sequenceAt>[1]) =>
    sequenceAt(into(90), { name, priority: 10, ...changes });
  const wanted = [
    special('Overruns', { images: 12, durationSeconds: 300, windowEndMs: into(35) }),
    special('Ends early', { images: 4, durationSeconds: 1800, windowStartMs: into(20) }),
    {
      ...special('Fails', { windowStartMs: into(20), priority: 12 }),
      albums: [
        {
          name: 'VIS',
          channel: 'VIS',
          plans: [{ name: 'x', filter: 'none such', exposureSeconds: 60, images: 5 }],
        },
      ],
    },
  ];

  beforeAll(async () => {
    night = await phaseNight({
      kinds: everybody,
      fromMs: into(-30),
      untilMs: into(200),
      scenario: site(...weather('WindSpeed', [28, 3], [into(100), into(104)])),
      steps: [
        ...wanted.map((sequence, i) => {
          return {
            atMs: into(-28 + i / 10),
            act: async (world: PhaseWorld) => void (await submit(world, sequence)),
          };
        }),
        ...fillerSteps(8, into(-29)),
        ...userSteps(6, { count: 8, fromMs: into(-25), untilMs: into(90) }),
        burst(into(140), { trigger: '700031' }),
      ],
    });
  });

  alwaysHolds('version 5', () => night);

  const endOf = (name: string) => {
    const end = factsOf(night, 'SequenceEnded').find(({ payload }) => payload.name === name);
    if (!end) throw new Error(`${name} never ended`);
    return end;
  };
  const waitAfter = (name: string): number => {
    const end = endOf(name);
    const next = factsOf(night, 'SequenceStarted').find((fact) => msOf(fact) >= msOf(end));
    return next ? msOf(next) - msOf(end) : Number.POSITIVE_INFINITY;
  };

  test('one that overruns its slot moves the next, and nothing runs at the same time', () => {
    expect(night.versions.map(({ reason }) => reason)).toContain('a sequence overruns its slot');
    expect(endOf('Overruns').payload.outcome).toBe('DONE');
    expect(waitAfter('Overruns')).toBeLessThan(2 * MINUTE);
    let running = 0;
    for (const { type } of night.facts) {
      if (type === 'SequenceStarted') running++;
      if (type === 'SequenceEnded') running--;
      expect(running).toBeLessThanOrEqual(1);
    }
  });

  test('one that ends early gives its time to the next at once', () => {
    expect(endOf('Ends early').payload.outcome).toBe('DONE');
    expect(waitAfter('Ends early')).toBeLessThan(MINUTE);
  });

  test('one that fails gives its slot to the next at once, and is tried three times', () => {
    const ends = factsOf(night, 'SequenceEnded').filter(({ payload }) => payload.name === 'Fails');
    const outcomes = ends.map(({ payload }) => payload.outcome);
    expect(outcomes).toEqual(['INTERRUPTED', 'INTERRUPTED', 'FAILED']);
    expect(named(night, 'Fails').status).toBe('FAILED');
    expect(waitAfter('Fails')).toBeLessThan(MINUTE);
  });

  test('one that is interrupted is queued again and goes on with what is missing', () => {
    const stopped = factsOf(night, 'SequenceEnded').filter(
      ({ payload }) => payload.outcome === 'INTERRUPTED' && payload.name !== 'Fails',
    );
    expect(stopped.length).toBeGreaterThanOrEqual(2);
    const images = factsOf(night, 'ImageTaken').map(({ payload }) => payload.exposureId);
    const wishes = images.map((id) => id.split('-').slice(0, 3).join('-'));
    expect(new Set(wishes).size).toBe(wishes.length);
    for (const { payload } of stopped) {
      const after = named(night, payload.name).status;
      expect(['PLANNED', 'EXECUTING', 'DONE', 'UNPLANNABLE']).toContain(after);
    }
  });

  test('the telescope works most of the time that it may', () => {
    const images = factsOf(night, 'ImageTaken').map(({ payload }) => payload.seconds);
    const seconds = images.reduce((sum, one) => sum + one, 0);
    const closed = 16 * 60;
    expect(seconds).toBeGreaterThan(0.65 * ((into(200) - into(0)) / 1000 - closed));
  });

  test('plans hold: most sequences begin within a minute of their slot', () => {
    const late = factsOf(night, 'SequenceStarted').map((fact) => {
      const before = night.versions.filter(({ created }) => parseIso(created) <= msOf(fact) + 1);
      const slot = slotsOf(before.at(-1) ?? { lines: [] }).find(
        ({ sequenceId }) => sequenceId === fact.payload.sequenceId,
      );
      return slot ? Math.abs(msOf(fact) + slot.overheadSeconds * 1000 - slot.startMs) : HOUR;
    });
    expect(late.filter((ms) => ms <= MINUTE + 2000).length).toBeGreaterThan(0.8 * late.length);
  });
});
