import type { Database } from '#db';
import {
  type PlanInput,
  type PlanSequence,
  plan,
  type Quota,
  type Schedule,
  type ScheduleLine,
} from '#planning';
import { type Clock, PyrosError } from '#platform';
import { type StartMode, setSequenceStatus } from '#request';
import { msFromJulianDate, nightId } from '#sky';
import type { Unit } from '#unit';
import { insertSchedule } from '../../planning/schedule-store.ts';
import type { ObjectStore } from './object-store.ts';
import type { DatabaseObject } from './object-types.ts';

/** What a scheduler of the session works with. */
export interface SchedulerParts {
  readonly store: ObjectStore;
  readonly database: Database;
  readonly clock: Clock;
  readonly unit: Unit;
}

const WAITING = ['TOBEPLANNED', 'PLANNED', 'UNPLANNABLE'];
const DAY_MS = 86_400_000;
/** The planner follows the sky minute by minute, however far the windows are apart. */
const LONGEST_DAYS = 400;

/** A sequence as its row says. */
interface SequenceRow {
  readonly id: number;
  readonly name: string;
  readonly jd1: number;
  readonly jd2: number;
  readonly priority: number;
  readonly startMode: string;
  readonly tPrefered: number;
  readonly duration: number;
  readonly raDeg: number | null;
  readonly status: string;
}

/**
 * The guide's scheduler to play with (§13.6.4): the planner of the observatory on sequences without a
 * place in the sky, so that only their windows, priorities and durations count. It tells no fact, and so
 * no agent observes what it plans.
 */
export class ShellScheduler {
  /** Seconds needed before each observation. */
  maxOverhead = 1;
  readonly #parts: SchedulerParts;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /**
   * Plans what waits, and stores the schedule.
   *
   * @throws PyrosError `PLANNING_SKY` when a sequence has a place in the sky, `PLANNING_EMPTY` when
   * nothing waits, `PLANNING_SPAN` when the windows are too far apart.
   */
  async makeSchedule(): Promise<DatabaseObject> {
    const { store, database, clock, unit } = this.#parts;
    const waiting = await this.#waiting();
    const made = plan(this.#input(waiting));
    const createdMs = clock.now();
    const id = await database.transaction(async (transaction) => {
      const lines = linesOf(made);
      const before = new Map(waiting.map((row) => [row.id, row.status]));
      for (const { sequenceId, startMs, reason } of lines) {
        const to = startMs === null ? 'UNPLANNABLE' : 'PLANNED';
        if (before.get(sequenceId) !== to) {
          await setSequenceStatus(transaction, { id: sequenceId, to, reason });
        }
      }
      return await insertSchedule(transaction, {
        createdMs,
        night: nightId(createdMs, unit.site.lonDeg),
        reason: 'asked in the shell',
        planStartMs: made.startMs,
        planEndMs: made.endMs,
        lines,
      });
    });
    return await store.byKey('Schedule', id);
  }

  async #waiting(): Promise<readonly SequenceRow[]> {
    const { store } = this.#parts;
    const found = await store.question('Sequence').filter({ status__in: WAITING });
    const rows = found.map((object) => object.toJSON() as unknown as SequenceRow);
    if (rows.length === 0) {
      throw new PyrosError('PLANNING_EMPTY', 'No sequence is waiting to be planned.', {
        remedy: 'Create one with status: Sequence.TOBEPLANNED.',
      });
    }
    const placed = rows.find((row) => row.raDeg !== null);
    if (!placed) return rows;
    throw new PyrosError(
      'PLANNING_SKY',
      `Sequence ${placed.id} (${placed.name}) has a place in the sky: the Scheduler agent plans it.`,
      { remedy: 'Start the unit for that; here delete or cancel such sequences first.' },
    );
  }

  #input(rows: readonly SequenceRow[]): PlanInput {
    const startMs = Math.min(...rows.map((row) => msFromJulianDate(row.jd1)));
    const endMs = Math.max(...rows.map((row) => msFromJulianDate(row.jd2)));
    if (!(endMs - startMs <= LONGEST_DAYS * DAY_MS)) {
      const days = Math.round((endMs - startMs) / DAY_MS);
      throw new PyrosError(
        'PLANNING_SPAN',
        `The windows lie within ${days} days, not ${LONGEST_DAYS}.`,
        {
          remedy: 'Delete sequences that are long past, or mend their jd1 and jd2.',
        },
      );
    }
    return {
      sequences: rows.map((row) => this.#asPlanned(row)),
      running: null,
      quotas: new Map<string, Quota>(),
      night: { scienceStartMs: startMs, scienceEndMs: endMs },
      constraints: { site: this.#parts.unit.site, horizon: [], minAltDeg: -90, moonDistanceDeg: 0 },
      nowMs: startMs - this.maxOverhead * 1000,
    };
  }

  #asPlanned(row: SequenceRow): PlanSequence {
    return {
      id: row.id,
      name: row.name,
      // Nowhere in particular: no rule of the sky is asked.
      target: { raDeg: 0, decDeg: 0 },
      windowStartMs: msFromJulianDate(row.jd1),
      windowEndMs: msFromJulianDate(row.jd2),
      priority: row.priority,
      startMode: row.startMode as StartMode,
      tPreferedMs: row.tPrefered === -1 ? null : msFromJulianDate(row.tPrefered),
      durationSeconds: row.duration,
      overheadSeconds: this.maxOverhead,
      program: '',
      isAlert: false,
      mayPreempt: false,
    };
  }
}

function linesOf(schedule: Schedule): ScheduleLine[] {
  const none = { slackLeftSeconds: -1, slackRightSeconds: -1, altDeg: -90, overheadSeconds: 0 };
  return [
    ...schedule.entries.map(({ isRunning: _isRunning, ...entry }) => ({ ...entry, reason: '' })),
    ...schedule.unplanned.map(({ sequenceId, sentence, remedy }) => {
      const reason = [`${sentence}.`, remedy].filter(Boolean).join(' ');
      return { ...none, sequenceId, startMs: null, endMs: null, reason };
    }),
  ];
}
