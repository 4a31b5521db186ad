import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRequestXml, resolveRequest, setupSeconds } from '#request';
import { sunBelow } from '#sky';
import { unitSchema } from '#unit';
import { plan } from './planner.ts';
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
    return sequences.map((sequence) => ({ ...sequence, program }));
  });
  const [mount] = unit.mounts;
  if (mount === undefined) throw new Error('the unit has no mount');
  const overhead = setupSeconds({ mount, dome: unit.dome, channels: unit.channels });
  return found.map((sequence, i) => ({
    ...sequence,
    id: i + 1,
    setupSeconds: overhead,
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

  it('leaves out what never rises and what is outbid', () => {
    const left = schedule.unplanned.map(({ sequenceId, code }) => [nameOf(sequenceId), code]);
    expect(left).toEqual([
      ['Jewel Box', 'ELEVATION'],
      ['NGC 5466', 'OUTBID'],
    ]);
  });

  it('serves four scientific programs', () => {
    const programs = new Set(input.sequences.map((each) => each.program));
    expect([...programs].sort()).toEqual([
      'AGN monitoring',
      'Clusters',
      'GRB',
      'Supernova follow-up',
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
    expect(again.entries[0]).toMatchObject({
      sequenceId: 99,
      startMs: nowMs + burst.setupSeconds * 1000,
    });
  });
});
