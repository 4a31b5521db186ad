import { appendFact } from '#agent';
import {
  insertRequest,
  type Request,
  readSequence,
  type Sequence,
  type SequenceStatus,
  setSequenceStatus,
} from '#request';
import { nightBounds, nightId, sunBelow } from '#sky';
import { insertSchedule, type ScheduleLine } from '../planning/schedule-store.ts';
import type { World } from './execution-world.ts';

/** Half way from the horizon to the zenith at 22 h UTC on 12 October 2026 over the small unit. */
export const HIGH_TARGET = { name: 'High', raDeg: 345, decDeg: 40 };

/** A request of one sequence: two 10 s images in r, and two in J at the same time. */
export function someRequest(
  world: Pick<World, 'unit' | 'clock'>,
  changes: Partial<Sequence> = {},
): Request {
  const { lonDeg } = world.unit.site;
  const bounds = nightBounds(nightId(world.clock.now(), lonDeg), lonDeg);
  return {
    name: 'A request',
    program: 'Clusters',
    targetType: 'cluster',
    isAlert: false,
    submittedAtMs: world.clock.now(),
    sequences: [
      {
        name: 'A sequence',
        windowStartMs: bounds.startMs,
        windowEndMs: bounds.endMs,
        priority: 50,
        startMode: 'IMMEDIATE',
        tPreferedMs: null,
        durationSeconds: 60,
        albums: [album('VIS', 'r'), album('NIR', 'J')],
        target: HIGH_TARGET,
        status: 'TOBEPLANNED',
        ...changes,
      },
    ],
  };
}

/** One plan on one channel. */
export function album(
  channel: string,
  filter: string,
  changes: { images?: number; exposureSeconds?: number } = {},
) {
  const plan = { name: filter, filter, exposureSeconds: 10, images: 2, ...changes };
  return { name: channel, channel, plans: [plan] };
}

/** Submits such a request; gives the number of its sequence. */
export async function submit(
  world: World,
  changes: Partial<Sequence> = {},
  isAlert = false,
): Promise<number> {
  const request = { ...someRequest(world, changes), isAlert };
  return await world.database.transaction(async (work) => {
    const { requestId, sequenceIds } = await insertRequest(work, request, 'somebody');
    const { name, program } = request;
    await appendFact(work, {
      atMs: world.clock.now(),
      agent: 'somebody',
      type: 'RequestSubmitted',
      payload: { requestId, name, program, isAlert, sequences: sequenceIds },
    });
    return sequenceIds[0] ?? 0;
  });
}

/** Submits a sequence that the planner has given a place. */
export async function submitPlanned(
  world: World,
  changes: Partial<Sequence> = {},
): Promise<number> {
  const id = await submit(world, changes);
  await moveStatus(world, id, 'PLANNED');
  return id;
}

/** Changes the status of a sequence without a reason. */
export async function moveStatus(world: World, id: number, to: SequenceStatus): Promise<void> {
  await world.database.transaction((work) => setSequenceStatus(work, { id, to, reason: '' }));
}

/** Withdraws a sequence, as the alert agent does. */
export async function cancel(world: World, id: number, reason: string): Promise<void> {
  const to = 'CANCELLED';
  await world.database.transaction((work) => setSequenceStatus(work, { id, to, reason }));
}

export async function statusOf(world: World, id: number): Promise<string> {
  return (await readSequence(world.database, id))?.status ?? 'missing';
}

/** The dark hours of the night that the world is in. */
export function darkOf(world: World): { startMs: number; endMs: number } {
  const { site, night } = world.unit;
  const dark = sunBelow(site, nightId(world.clock.now(), site.lonDeg), night.scienceSunAltDeg);
  if (!dark) throw new Error('no dark hours');
  return dark;
}

/** The scheduler's word: this sequence, from now on for an hour unless told otherwise. */
export async function scheduleNow(
  world: World,
  sequenceId: number,
  changes: Partial<ScheduleLine> = {},
): Promise<void> {
  const startMs = world.clock.now();
  const line = {
    sequenceId,
    startMs,
    endMs: startMs + 3_600_000,
    slackLeftSeconds: 0,
    slackRightSeconds: 0,
    altDeg: 60,
    overheadSeconds: 0,
    reason: '',
    code: '' as const,
    remedy: '',
    isShortened: false,
    ...changes,
  };
  await world.database.transaction((work) =>
    insertSchedule(work, {
      createdMs: startMs,
      night: nightId(startMs, world.unit.site.lonDeg),
      reason: 'a test',
      planStartMs: startMs,
      planEndMs: startMs + 3_600_000,
      lines: [line],
    }),
  );
}
