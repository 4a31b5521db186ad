import { describe, expect, it } from 'vitest';
import { plan } from '../planner.ts';
import { weightOf } from '../weight.ts';
import { type Instance, readInstance } from './instance.ts';
import { instanceDocument, sequenceDocument } from './instance-builder.ts';
import { instanceInputOf, priorityOfWeight } from './instance-input.ts';
import { instancePlanOf } from './instance-plan.ts';

function instanceOf(changes: Readonly<Record<string, unknown>> = {}): Instance {
  const reading = readInstance(JSON.stringify(instanceDocument(changes)));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.instance;
}

describe('the plan input of an instance', () => {
  it('gives every weight back as it was', () => {
    for (const weight of [0.25, 1, 2, 50, 100, 250]) {
      expect(weightOf(priorityOfWeight(weight))).toBeCloseTo(weight, 9);
    }
  });

  it('begins now, with the first slew free, and charges the observation alone', () => {
    const input = instanceInputOf(instanceOf());
    expect(input.nowMs).toBe(input.night.scienceStartMs);
    expect(input.pointing).toBeUndefined();
    expect(input.sequences[0]).toMatchObject({ durationSeconds: 1200, setupSeconds: 30 });
    expect(input.sequences[0]).toMatchObject({ chargeSeconds: 1200, accounts: ['program 0'] });
    expect(input.quotas.get('program 0')).toEqual({ quotaSeconds: 18_000, chargedSeconds: 0 });
  });

  it('looks at the horizon only when the instance says so', () => {
    expect(instanceInputOf(instanceOf()).constraints.horizon).toEqual([]);
    expect(instanceInputOf(instanceOf({ useHorizon: true })).constraints.horizon).toEqual([
      { azDeg: 0, altDeg: 10 },
    ]);
  });

  it('passes seed and effort on', () => {
    const effort = { boundIterations: 1, searchRounds: 2 };
    expect(instanceInputOf(instanceOf(), { seed: 7, effort })).toMatchObject({ seed: 7, effort });
  });
});

describe('the plan of an instance', () => {
  const planned = (instance: Instance) =>
    instancePlanOf(plan(instanceInputOf(instance)), { name: 'X', instance, seconds: 0.5 });

  it('tells the start of the setup', () => {
    const instance = instanceOf();
    const [entry] = plan(instanceInputOf(instance)).entries;
    const { inst, by, sec, plan: placed } = planned(instance);
    expect({ inst, by, sec }).toEqual({ inst: 'X', by: 'pyros', sec: 0.5 });
    expect(placed).toHaveLength(1);
    const setupMs = ((placed[0]?.jd ?? 0) - 2_440_587.5) * 86_400_000;
    expect((entry?.startMs ?? 0) - setupMs).toBeCloseTo(30_000, -1);
  });

  it('tells of each sequence that has no place why, and what to do', () => {
    const low = sequenceDocument({ id: 4, dec: -60 });
    const backwards = sequenceDocument({ id: 5, jd1: 2_459_659.5, jd2: 2_459_659.4 });
    const { plan: placed, unplanned } = planned(instanceOf({ sequences: [low, backwards] }));
    expect(placed).toEqual([]);
    expect(unplanned.map(({ id }) => id).sort()).toEqual([4, 5]);
    expect(unplanned.every(({ sentence, remedy }) => sentence !== '' && remedy !== '')).toBe(true);
  });

  it('of an instance without sequences is empty', () => {
    expect(planned(instanceOf({ sequences: [] }))).toMatchObject({ plan: [], unplanned: [] });
  });
});
