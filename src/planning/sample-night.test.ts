import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRequestXml, resolveRequest } from '#request';
import { sunBelow } from '#sky';
import { unitSchema } from '#unit';
import { setupSecondsOf, transitionOf } from './agent/plan-input.ts';
import { plan } from './planner.ts';
import { chargedSeconds } from './quota-ledger.ts';
import type { PlanInput, PlanSequence } from './schedule.ts';

const config = new URL('../../config/', import.meta.url);
const unit = unitSchema.parse(parse(readFileSync(new URL('simulated.yaml', config), 'utf8')));
const submittedAtMs = Date.UTC(2014, 3, 23, 18);

/** The sequences of every request file that comes with PyROS. */
function sampleSequences(): PlanSequence[] {
  const folder = new URL('requests/', config);
  const found = readdirSync(folder).flatMap((file) => {
    const xml = readFileSync(new URL(file, folder), 'utf8');
    const reading = parseRequestXml(xml, { submittedAtMs, channels: unit.channels });
    if (!reading.ok) throw new Error(`${file}: ${reading.errors.join('\n')}`);
    const submission = { site: unit.site, submittedAtMs, targetsAtMs: submittedAtMs };
    const { program, sequences } = resolveRequest(reading.request, submission);
    return sequences.map((sequence) => ({ ...sequence, accounts: [`program "${program}"`] }));
  });
  const setupSeconds = setupSecondsOf(unit);
  return found.map((sequence, i) => ({
    ...sequence,
    id: i + 1,
    setupSeconds,
    chargeSeconds: chargedSeconds({ ...sequence, setupSeconds }),
    isAlert: false,
    mayPreempt: false,
  }));
}

function sampleNight(): PlanInput {
  const dark = sunBelow(unit.site, '2014-04-23', unit.night.scienceSunAltDeg);
  if (dark === null) throw new Error('no dark');
  return {
    sequences: sampleSequences(),
    running: null,
    quotas: new Map(),
    night: { scienceStartMs: dark.startMs, scienceEndMs: dark.endMs },
    constraints: {
      site: unit.site,
      minAltDeg: unit.night.minAltDeg,
      horizon: unit.horizon,
      moonDistanceDeg: unit.night.moonDistanceDeg,
    },
    transition: transitionOf(unit),
    nowMs: submittedAtMs,
  };
}

describe('the night of the sample requests', () => {
  const input = sampleNight();
  const schedule = plan(input);
  const nameOf = (id: number): string => input.sequences.find((each) => each.id === id)?.name ?? '';

  it('is nearly full', () => {
    expect(schedule.entries.length).toBeGreaterThanOrEqual(18);
    expect(schedule.filledFraction).toBeGreaterThan(0.95);
  });

  it('is proved to be nearly the best there is', () => {
    expect(schedule.gap).toBeLessThan(0.05);
  });

  it('leaves out what never rises and what is outbid', () => {
    const left = schedule.unplanned.map(({ sequenceId, code }) => [nameOf(sequenceId), code]);
    expect(left).toEqual([
      ['Jewel Box', 'ELEVATION'],
      ['NGC 5466', 'OUTBID'],
    ]);
  });

  it('serves four scientific programs', () => {
    const programs = new Set(input.sequences.flatMap((each) => each.accounts));
    expect([...programs].sort()).toEqual([
      'program "AGN monitoring"',
      'program "Clusters"',
      'program "GRB"',
      'program "Supernova follow-up"',
    ]);
  });

  it('makes room for an alert that comes when it is under way', () => {
    const [first] = schedule.entries;
    const sequence = input.sequences.find((each) => each.id === first?.sequenceId);
    if (first === undefined || sequence === undefined) throw new Error('nothing is planned');
    const nowMs = first.startMs + 600_000;
    const burst: PlanSequence = {
      ...sequence,
      id: 99,
      name: 'GRB',
      target: { raDeg: 200, decDeg: 30 },
      priority: 1,
      startMode: 'IMMEDIATE',
      isAlert: true,
      mayPreempt: true,
    };
    const again = plan({
      ...input,
      sequences: [...input.sequences, burst],
      running: { sequence, startMs: first.startMs, endMs: first.endMs },
      nowMs,
    });
    expect(again.preempts).toBe(sequence.id);
    const [entry] = again.entries;
    expect(entry?.sequenceId).toBe(99);
    // The slew from the target that is left, then the setup, and no moment lost.
    const slewSeconds = (entry?.overheadSeconds ?? 0) - burst.setupSeconds;
    expect(slewSeconds).toBeGreaterThan(0);
    expect(entry?.startMs).toBeCloseTo(nowMs + 1000 * (slewSeconds + burst.setupSeconds), -1);
  });
});
