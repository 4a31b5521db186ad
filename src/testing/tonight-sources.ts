import { readFileSync } from 'node:fs';
import type { Fact, FactPayloads, FactType } from '#agent';
import type { TonightSources } from '#dashboard';
import { parseIso } from '#platform';
import type { StoredSequence } from '#request';
import { type Unit, unitOf } from '#unit';
import { firstRow } from '../execution/observatory-keeper.ts';

const UNIT_FILE = new URL('../../config/simulated.yaml', import.meta.url);

/** The unit without hardware, as its file describes it. */
export function simulatedUnit(): Unit {
  return unitOf(readFileSync(UNIT_FILE, 'utf8'), 'config/simulated.yaml');
}

/** A sequence of the night 2014-04-23; some of it may be other. */
export function storedSequence(id: number, other: Partial<StoredSequence> = {}): StoredSequence {
  return {
    id,
    requestId: id,
    name: `S${id}`,
    program: 'Survey',
    accounts: ['program "Survey"'],
    isAlert: false,
    reason: '',
    windowStartMs: parseIso('2014-04-23T12:00Z'),
    windowEndMs: parseIso('2014-04-24T12:00Z'),
    priority: 20,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: 600,
    target: { name: `T${id}`, raDeg: 200, decDeg: 47 },
    skyTarget: { raDeg: 200, decDeg: 47 },
    targetFault: '',
    status: 'PLANNED',
    ...other,
  };
}

/** Facts in their order, numbered from 1; `at` is a time of that night such as `21:08:24`. */
export function factsTold(
  ...told: { [T in FactType]: readonly [at: string, type: T, payload: FactPayloads[T]] }[FactType][]
): Fact[] {
  return told.map(([at, type, payload], i) => {
    return { id: i + 1, at: nightTime(at), agent: 'Majordome', type, payload } as Fact;
  });
}

/** `21:08:24` of that evening or `02:00:00` of the morning after as an ISO-8601 instant. */
export function nightTime(time: string): string {
  return `2014-04-${time < '12' ? '24' : '23'}T${time}.000Z`;
}

/** A fair night at 22:00 UTC with the dome open and nothing to do; some of it may be other. */
export function tonightSources(other: Partial<TonightSources> = {}): TonightSources {
  const nowMs = other.nowMs ?? parseIso(nightTime('22:00:00'));
  const updated = new Date(nowMs - 2000).toISOString();
  return {
    unit: simulatedUnit(),
    nowMs,
    rate: 1,
    maxAgeSeconds: 20,
    observatory: {
      ...firstRow(nightTime('18:40:00')),
      mode: 'SCHED_READY',
      reason: 'night, safe and acknowledged',
      night: '2014-04-23',
      night_ack: 1,
      running_sequence_id: 0,
      running_command_id: 0,
    },
    safety: fairSafety(updated),
    devices: new Map([['dome', { updated, status: { shutter: 'open', azimuthDeg: 10 } }]]),
    weather: [],
    schedule: null,
    sequences: [],
    facts: [],
    images: [],
    imageCount: 0,
    alerts: [],
    surveys: [],
    ...other,
  };
}

function fairSafety(updated: string): TonightSources['safety'] {
  return {
    updated,
    frame_at: updated,
    mode: 'auto',
    night_ack: 1,
    bypass: 0,
    bypass_state: 'off',
    bypass_since: null,
    raw_safe: 1,
    safe: 1,
    causes: '[]',
    clock_offset: 0,
    reasons: '[]',
    refused_frames: 0,
  };
}
