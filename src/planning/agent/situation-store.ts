import type { Reader } from '#agent';
import {
  readQuotas,
  readSpending,
  type SequenceStatus,
  type StoredSequence,
  sequencePage,
  sequencesIn,
} from '#request';
import type { Unit } from '#unit';
import type { PlanInput, Quota, UnplannedSequence } from '../schedule.ts';
import { type ScheduleLine, slotsFrom } from '../schedule-store.ts';
import type { ObservatoryMemory } from './observatory-memory.ts';
import { type Circumstances, planInputOf, setupSecondsOf } from './plan-input.ts';
import { faultOf, startsOf } from './publication.ts';

/** Whom a plan must find a place, or tell why not. */
export const WAITING = ['TOBEPLANNED', 'PLANNED', 'UNPLANNABLE'] as const;

/** What is planned, and from what. */
export interface Situation {
  readonly night: string;
  readonly input: PlanInput;
  readonly waiting: ReadonlyMap<number, StoredSequence>;
  /** Rows that the planner is not even asked about. */
  readonly faults: readonly UnplannedSequence[];
  /** The sequence that the observer is at. */
  readonly running: StoredSequence | null;
  /** Of the plan that counts so far. */
  readonly slots: readonly ScheduleLine[];
}

/** What the tables are read for. */
export interface Question {
  readonly unit: Unit;
  readonly hours: Circumstances['hours'];
  readonly nowMs: number;
  readonly memory: ObservatoryMemory;
  /** Comes between two readings, for whoever must not stop its loop. */
  readonly pause: () => Promise<void>;
}

/** Reads all that the plan of a night depends on. */
export async function readSituation(reader: Reader, question: Question): Promise<Situation> {
  const { unit, hours, pause } = question;
  const waiting = await readByPages(reader, WAITING, pause);
  const [running = null] = await sequencesIn(reader, ['EXECUTING']);
  const quotas = await accounts(reader, unit);
  await pause();
  const slots = await slotsFrom(reader, 0);
  await pause();
  const sound = waiting.filter((sequence) => sequence.targetFault === '');
  const input = planInputOf({
    ...question,
    waiting: sound,
    running: running && { sequence: running, slot: slotOf(slots, running.id) },
    quotas,
    previousMs: startsOf(slots),
  });
  return {
    night: hours.night,
    input,
    waiting: new Map(waiting.map((sequence) => [sequence.id, sequence])),
    faults: waiting.filter((sequence) => sequence.targetFault !== '').map(faultOf),
    running,
    slots,
  };
}

/** Rows of one reading: it must not stop the loop for long. */
const ROWS_AT_ONCE = 250;

/** Every sequence in some statuses, in the order of their submission, with pauses in between. */
export async function readByPages(
  reader: Reader,
  statuses: readonly SequenceStatus[],
  pause: () => Promise<void>,
): Promise<StoredSequence[]> {
  const all: StoredSequence[] = [];
  for (;;) {
    const page = { afterId: all.at(-1)?.id ?? 0, most: ROWS_AT_ONCE };
    const found = await sequencePage(reader, statuses, page);
    all.push(...found);
    await pause();
    if (found.length < ROWS_AT_ONCE) return all;
  }
}

function slotOf(
  slots: readonly ScheduleLine[],
  id: number,
): { startMs: number; endMs: number } | null {
  const slot = slots.find((one) => one.sequenceId === id);
  if (!slot || slot.startMs === null || slot.endMs === null) return null;
  return { startMs: slot.startMs, endMs: slot.endMs };
}

/** The accounts that have a limit, with what was spent from them: setup and observation. */
async function accounts(reader: Reader, unit: Unit): Promise<Map<string, Quota>> {
  const setupSeconds = setupSecondsOf(unit);
  const quotas = await readQuotas(reader);
  const spent = await readSpending(reader, ['EXECUTING', 'DONE', 'PARTIAL']);
  return new Map(
    [...quotas].map(([account, quotaSeconds]) => {
      const { sequences, durationSeconds } = spent.get(account) ?? NOTHING_SPENT;
      return [
        account,
        { quotaSeconds, chargedSeconds: durationSeconds + sequences * setupSeconds },
      ];
    }),
  );
}

const NOTHING_SPENT = { sequences: 0, durationSeconds: 0 };
