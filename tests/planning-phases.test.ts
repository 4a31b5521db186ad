import { beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '#agent';
import { inlinePlanner, latestScheduleId, type PlannerClient, slotsFrom } from '#planning';
import { parseIso } from '#platform';
import {
  factsOf,
  type PhaseRecord,
  type PhaseWorld,
  phaseNight,
  type Step,
} from './phases/phase-night.ts';
import {
  alwaysHolds,
  burst,
  everybody,
  into,
  MINUTE,
  msOf,
  named,
  site,
  tell,
} from './phases/phase-terms.ts';
import { slotsOf } from './phases/plan-check.ts';
import { fillerSteps, sequenceAt, submit, userSteps, withdraw } from './phases/user-simulator.ts';

/** The versions of the guide's second phase (§13.6.2): each has what the one before has, and more. */

describe('version 1: requests as time goes', () => {
  let night: PhaseRecord;
  let freed: { startMs: number | null; endMs: number | null } | undefined;
  let lastBefore: number | null;
  let lastDuring: number | null;
  const failsFrom = into(180);
  const failsUntil = into(200);

  /** The house's planner, out of order for a while. */
  function brokenPlanner(now: () => number): PlannerClient {
    const inline = inlinePlanner();
    const first: PlannerClient['first'] = async (input) => {
      if (now() >= failsFrom && now() < failsUntil) throw new Error('the planner is broken');
      return await inline.first(input);
    };
    return { ...inline, first };
  }

  async function run(seed: number): Promise<PhaseRecord> {
    let now = 0;
    const clockwork: Step[] = [failsFrom, failsUntil].map((atMs) => {
      const act = async () => {
        now = atMs;
      };
      return { atMs, act };
    });
    return await phaseNight({
      kinds: ['scheduler'],
      fromMs: into(-60),
      untilMs: into(300),
      planner: brokenPlanner(() => now),
      steps: [
        ...fillerSteps(5, into(-59)),
        ...userSteps(seed, { count: 14, fromMs: into(-55), untilMs: into(170) }),
        ...clockwork,
        {
          atMs: into(10),
          act: async (world) => {
            const target = { name: 'Far south', raDeg: 20, decDeg: -80 };
            await submit(world, sequenceAt(into(10), { name: 'Far south', target }));
          },
        },
        {
          atMs: into(100),
          act: async (world) => {
            const next = (await slotsFrom(world.database, 0)).find(
              ({ startMs }) => (startMs ?? 0) > world.clock.now() + 10 * MINUTE,
            );
            freed = next;
            if (next) await withdraw(world, next.sequenceId);
          },
        },
        {
          atMs: into(185),
          act: async (world) => {
            lastBefore = await latestScheduleId(world.database);
            await submit(world, sequenceAt(into(240), { name: 'Late' }));
          },
        },
        {
          atMs: into(199),
          act: async ({ database }) => {
            lastDuring = await latestScheduleId(database);
          },
        },
        tell(into(290), { type: 'NightEnded', payload: { night: '2026-10-12', report: '' } }),
      ],
    });
  }

  beforeAll(async () => {
    night = await run(1);
  });

  alwaysHolds('version 1', () => night, [into(180), into(205)]);

  test('a request is planned as soon as it comes in', () => {
    for (const { at, payload } of factsOf(night, 'RequestSubmitted')) {
      if (payload.name === 'Request of Late') continue;
      const [id = 0] = payload.sequences;
      const version = night.versions.find(({ lines }) => lines.some((l) => l.sequenceId === id));
      expect(parseIso(version?.created ?? '') - parseIso(at)).toBeLessThan(1000);
    }
  });

  test('what never rises is UNPLANNABLE at once and says so', () => {
    const { id, reason } = named(night, 'Far south');
    expect(reason).toMatch(/^never above/);
    const { statuses } = night.samples.find((sample) => sample.statuses.has(id)) ?? {};
    expect(statuses?.get(id)).toBe('UNPLANNABLE');
  });

  test('a slot that is given back is filled at once', () => {
    const [fromMs, toMs] = [freed?.startMs ?? 0, freed?.endMs ?? 0];
    expect(toMs).toBeGreaterThan(fromMs);
    const after = night.versions.filter(({ created }) => parseIso(created) > into(100));
    const [next] = after;
    expect(next?.reason).toBe('a planned sequence was withdrawn');
    expect(parseIso(next?.created ?? '') - into(100)).toBeLessThanOrEqual(35_000);
    const used = slotsOf(next ?? { lines: [] }).reduce(
      (sum, slot) => sum + Math.max(0, Math.min(slot.endMs, toMs) - Math.max(slot.startMs, fromMs)),
      0,
    );
    expect(used).toBeGreaterThan((toMs - fromMs) / 2);
  });

  test('the last valid plan stays while planning fails, which is told once', () => {
    expect(factsOf(night, 'PlanningFailed').map(({ payload }) => payload.reason)).toEqual([
      'the planner is broken',
    ]);
    expect(lastDuring).toBe(lastBefore);
    const { id } = named(night, 'Late');
    const planned = night.versions.find(({ lines }) => lines.some((l) => l.sequenceId === id));
    expect(parseIso(planned?.created ?? '') - failsUntil).toBeLessThanOrEqual(35_000);
  });

  test('what waited in vain has expired by the end', () => {
    const sequences = [...night.sequences.values()];
    const open = sequences.filter(({ status }) => !/DONE|EXECUTING|CANCELLED/.test(status));
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ status, reason }) => status === 'EXPIRED' && reason !== '')).toBe(true);
    expect(sequences.filter(({ status }) => status === 'DONE').length).toBeGreaterThan(5);
  });

  test('the same seed gives the same facts', async () => {
    const again = await run(1);
    expect(again.facts).toEqual(night.facts);
    expect(again.versions).toEqual(night.versions);
  });
});

describe('version 2: with alerts', () => {
  let night: PhaseRecord;
  const [first, second] = ['Swift 700001', 'Swift 700002'];

  beforeAll(async () => {
    night = await phaseNight({
      kinds: everybody,
      fromMs: into(-30),
      untilMs: into(150),
      scenario: site(),
      steps: [
        ...fillerSteps(5, into(-29)),
        ...userSteps(3, { count: 10, fromMs: into(-25), untilMs: into(60) }),
        burst(into(40), { trigger: '700001' }),
        burst(into(60), { trigger: '700002', altDeg: 70 }),
        burst(into(70), { trigger: '700003', altDeg: -60 }),
      ],
    });
  });

  alwaysHolds('version 2', () => night);

  test('an alert takes the telescope from what runs, within a minute', () => {
    const [preempted] = factsOf(night, 'SequencePreempted');
    expect(preempted?.payload.byName).toBe(first);
    const started = factsOf(night, 'SequenceStarted').find(({ payload }) => payload.name === first);
    expect(started && msOf(started) - into(40)).toBeLessThan(MINUTE);
  });

  test('what it stopped goes back to the planner and is begun again', () => {
    const [preempted] = factsOf(night, 'SequencePreempted');
    const id = preempted?.payload.sequenceId ?? 0;
    const ends = factsOf(night, 'SequenceEnded').filter(({ payload }) => payload.sequenceId === id);
    expect(ends[0]?.payload.outcome).toBe('INTERRUPTED');
    const starts = factsOf(night, 'SequenceStarted').filter(
      (fact) => fact.payload.sequenceId === id,
    );
    const { status, reason } = named(night, preempted?.payload.name ?? '');
    const isTold = status === 'PLANNED' || (status === 'UNPLANNABLE' && reason !== '');
    expect(starts.length === 2 || isTold).toBe(true);
  });

  test('an alert is never stopped by an equal one, which comes next and keeps its place', () => {
    expect(factsOf(night, 'SequencePreempted')).toHaveLength(1);
    const end = factsOf(night, 'SequenceEnded').find(({ payload }) => payload.name === first);
    const next = factsOf(night, 'SequenceStarted').find(({ payload }) => payload.name === second);
    expect(end?.payload.outcome).toBe('DONE');
    const waitedMs = next && end ? msOf(next) - msOf(end) : Number.NaN;
    expect(waitedMs).toBeGreaterThanOrEqual(0);
    expect(waitedMs).toBeLessThan(MINUTE);
    const { id } = named(night, second);
    const starts = night.versions
      .filter(({ created }) => parseIso(created) < msOf(next as Fact))
      .flatMap((version) => slotsOf(version).filter(({ sequenceId }) => sequenceId === id))
      .map(({ startMs }) => startMs);
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(2 * MINUTE);
  });

  test('an alert out of sight is told why', () => {
    const { status, reason } = named(night, 'Swift 700003');
    expect(status).toBe('UNPLANNABLE');
    expect(reason).not.toBe('');
  });
});

describe('version 3: with changing conditions', () => {
  let night: PhaseRecord;
  const bad = into(60);
  const good = into(150);
  const seeing = (atMs: number, seeingArcsec: number) => {
    const sky = { cloud: 'clear', windMs: null, humidityPercent: null, seeingArcsec };
    return tell(atMs, { type: 'ConditionsChanged', payload: sky });
  };
  const fussy = Array.from({ length: 6 }, (_, i) => `Fussy ${i}`);

  beforeAll(async () => {
    night = await phaseNight({
      kinds: ['scheduler', 'alert'],
      fromMs: into(-60),
      untilMs: into(240),
      steps: [
        seeing(into(-50), 0.8),
        ...userSteps(4, { count: 10, fromMs: into(-45), untilMs: into(120) }),
        ...fussy.map((name, i) => {
          const limits = { maxSeeingArcsec: 1.5 };
          const [windowStartMs, at] = [into(155), into(200 + 30 * i)];
          const terms = { name, limits, windowStartMs, priority: 12, images: 10 };
          const wanted = sequenceAt(at, terms);
          return {
            atMs: into(-40 + i),
            act: async (world: PhaseWorld) => void (await submit(world, wanted)),
          };
        }),
        burst(into(30), { trigger: '700011' }),
        seeing(bad, 2.8),
        seeing(good, 0.9),
      ],
    });
  });

  alwaysHolds('version 3', () => night);

  const fussyAt = (ms: number) => {
    const sample = night.samples.find((one) => one.ms >= ms);
    return fussy.map((name) => sample?.statuses.get(named(night, name).id));
  };

  test('what needs a better seeing is PLANNED while it is good', () => {
    expect(new Set(fussyAt(into(30)))).toEqual(new Set(['PLANNED']));
  });

  test('becomes UNPLANNABLE for the seeing when it is bad', () => {
    const ids = new Set(fussy.map((name) => named(night, name).id));
    const during = night.versions.filter(({ created }) => {
      const ms = parseIso(created);
      return ms >= bad && ms < good;
    });
    expect(during.length).toBeGreaterThan(0);
    for (const { lines } of during) {
      const codes = lines.filter(({ sequenceId }) => ids.has(sequenceId)).map(({ code }) => code);
      expect(codes).toEqual(fussy.map(() => 'SEEING'));
    }
    expect(new Set(fussyAt(into(100)))).toEqual(new Set(['UNPLANNABLE']));
  });

  test('and comes back when it is good again', () => {
    const back = fussyAt(into(200)).filter((status) =>
      /^(PLANNED|EXECUTING|DONE)$/.test(`${status}`),
    );
    expect(back.length).toBeGreaterThan(3);
  });
});
