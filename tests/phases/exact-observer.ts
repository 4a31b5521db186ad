import { appendFact, type FactPayloads, type FactType } from '#agent';
import type { Database } from '#db';
import { slotsFrom } from '#planning';
import type { Clock } from '#platform';
import { readSequence, type StoredSequence, setSequenceStatus } from '#request';
import { dispatch } from '../../src/execution/dispatch.ts';

/** Where it observes. */
interface ObservedWorld {
  readonly clock: Clock;
  readonly database: Database;
}

/** It looks at the plan this often, seconds. */
const LOOK_SECONDS = 5;

/** Where nobody observes: follows the plan to the second, so that time is used as planned. */
export async function followExactly(world: ObservedWorld, signal: AbortSignal): Promise<void> {
  let running: { readonly sequence: StoredSequence; readonly endMs: number } | null = null;
  while (!signal.aborted) {
    const nowMs = world.clock.now();
    if (running && running.endMs <= nowMs) {
      await end(world, running.sequence, 'DONE');
      running = null;
    }
    const due = await dueNow(world);
    const now = running && { ...running.sequence, sequenceId: running.sequence.id };
    const decision = dispatch({ nowMs, schedule: due, running: now });
    const next = due.find((one) => 'sequenceId' in decision && one.id === decision.sequenceId);
    if (next) {
      if (running) await end(world, running.sequence, 'INTERRUPTED');
      await begin(world, next);
      const overheadMs = next.overheadSeconds * 1000;
      running = { sequence: next, endMs: nowMs + overheadMs + next.endMs - next.startMs };
    }
    await world.clock.sleep(LOOK_SECONDS, signal).catch(() => undefined);
  }
}

async function dueNow({ database, clock }: ObservedWorld) {
  const found = [];
  for (const { sequenceId, startMs, endMs, overheadSeconds } of await slotsFrom(
    database,
    clock.now(),
  )) {
    if (startMs === null || endMs === null) continue;
    if (startMs - overheadSeconds * 1000 > clock.now()) break;
    const sequence = await readSequence(database, sequenceId);
    if (sequence?.status !== 'PLANNED') continue;
    found.push({ ...sequence, sequenceId, startMs, endMs, overheadSeconds });
  }
  return found;
}

async function begin(world: ObservedWorld, { id, name, program, isAlert }: StoredSequence) {
  const payload = { sequenceId: id, name, program, target: name, isAlert };
  await change(world, { id, to: 'EXECUTING' }, { type: 'SequenceStarted', payload });
}

async function end(
  world: ObservedWorld,
  { id, name }: StoredSequence,
  outcome: 'DONE' | 'INTERRUPTED',
): Promise<void> {
  const to = outcome === 'DONE' ? 'DONE' : 'TOBEPLANNED';
  const payload = { sequenceId: id, name, outcome, reason: '', images: 1 };
  await change(world, { id, to }, { type: 'SequenceEnded', payload });
}

async function change<T extends FactType>(
  { database, clock }: ObservedWorld,
  { id, to }: { id: number; to: 'EXECUTING' | 'DONE' | 'TOBEPLANNED' },
  fact: { type: T; payload: FactPayloads[T] },
): Promise<void> {
  const reason = to === 'TOBEPLANNED' ? 'an alert took the telescope' : '';
  await database.transaction(async (work) => {
    await setSequenceStatus(work, { id, to, reason });
    await appendFact(work, { atMs: clock.now(), agent: 'ExactObserver', ...fact });
  });
}
