import type { Database } from '#db';
import { type PlanInput, type PlanSequence, plan } from '#planning';
import { type Clock, PyrosError } from '#platform';
import {
  type SequenceLimits,
  type SequenceStatus,
  type StartMode,
  setSequenceStatus,
} from '#request';
import { msFromJulianDate, nightBounds, nightId, sunBelow } from '#sky';
import type { Unit } from '#unit';
import { linesOf, reasonText } from '../../planning/agent/publication.ts';
import { insertSchedule } from '../../planning/schedule-store.ts';
import { targetOf } from '../../request/target-row.ts';
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
  readonly target: string;
  readonly targetForm: string;
  readonly raDeg: number | null;
  readonly decDeg: number | null;
  readonly pmRa: number;
  readonly pmDec: number;
  readonly epoch: number;
  readonly ephemeris: string | null;
  readonly minUsefulSeconds: number | null;
  readonly minAltDeg: number | null;
  readonly moonDistanceDeg: number | null;
  readonly sunDistanceDeg: number | null;
  readonly skyBrightness: number | null;
  readonly maxSeeing: number | null;
  readonly status: SequenceStatus;
}

/**
 * The guide's scheduler to play with (§13.6.4): the planner of the observatory. Of a sequence without a
 * place in the sky only its window, priority and duration count; as soon as one
 * has a place, the plan is that of one night under the unit's sky. It tells no fact, and so no agent
 * observes what it plans.
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
   * @throws PyrosError `PLANNING_EMPTY` when nothing waits, `PLANNING_SPAN` when the windows are too
   * far apart, `PLANNING_SKY` when a sequence needs a dark sky and the night of its window has none.
   */
  async makeSchedule(): Promise<DatabaseObject> {
    const { store, database, clock, unit } = this.#parts;
    const waiting = await this.#waiting();
    const made = plan(this.#input(waiting));
    const lines = linesOf(made);
    const before = new Map(waiting.map((row) => [row.id, row.status]));
    const createdMs = clock.now();
    const id = await database.transaction(async (transaction) => {
      for (const line of lines) {
        const to = line.startMs === null ? 'UNPLANNABLE' : 'PLANNED';
        if (before.get(line.sequenceId) === to) continue;
        const reason = reasonText(line);
        await setSequenceStatus(transaction, { id: line.sequenceId, to, reason });
      }
      const { value, bound, gap, preempts, startMs: planStartMs, endMs: planEndMs } = made;
      return await insertSchedule(transaction, {
        createdMs,
        night: nightId(createdMs, unit.site.lonDeg),
        reason: 'asked in the shell',
        ...{ value, bound, gap, preempts, planStartMs, planEndMs, lines },
      });
    });
    return await store.byKey('Schedule', id);
  }

  async #waiting(): Promise<readonly SequenceRow[]> {
    const { store } = this.#parts;
    const found = await store.question('Sequence').filter({ status__in: WAITING });
    const rows = found.map((object) => object.toJSON() as unknown as SequenceRow);
    if (rows.length > 0) return rows;
    throw new PyrosError('PLANNING_EMPTY', 'No sequence is waiting to be planned.', {
      remedy: 'Create one with status: Sequence.TOBEPLANNED.',
    });
  }

  #input(rows: readonly SequenceRow[]): PlanInput {
    const { site, horizon, night: rules } = this.#parts.unit;
    const placed = rows.filter(hasPlace);
    const { dark, open } = placed.length > 0 ? this.#nightOf(placed) : allOf(spanOf(rows));
    return {
      sequences: rows.map((row) => this.#asPlanned(row)),
      running: null,
      quotas: new Map(),
      night: {
        scienceStartMs: dark.startMs,
        scienceEndMs: dark.endMs,
        openMs: open.startMs,
        closeMs: open.endMs,
      },
      constraints: {
        site,
        horizon,
        minAltDeg: rules.minAltDeg,
        moonDistanceDeg: rules.moonDistanceDeg,
      },
      nowMs: open.startMs - this.maxOverhead * 1000,
    };
  }

  /** Tonight, or the night of their windows that is nearest to it; from noon to noon, and its dark. */
  #nightOf(placed: readonly SequenceRow[]): { dark: Span; open: Span } {
    const { clock, unit } = this.#parts;
    const { site, night: rules } = unit;
    const { startMs, endMs } = spanOf(placed);
    const night = nightId(Math.max(startMs, Math.min(clock.now(), endMs)), site.lonDeg);
    const dark = sunBelow(site, night, rules.scienceSunAltDeg);
    if (dark) return { dark, open: nightBounds(night, site.lonDeg) };
    throw new PyrosError('PLANNING_SKY', `The sky never gets dark in the night of ${night}.`, {
      remedy: 'Give sequences with a place in the sky a window in another season.',
    });
  }

  #asPlanned(row: SequenceRow): PlanSequence {
    const isPlaced = hasPlace(row);
    const limits = limitsOf(row);
    return {
      id: row.id,
      name: row.name,
      target: isPlaced ? skyTargetOf(row) : null,
      windowStartMs: msFromJulianDate(row.jd1),
      windowEndMs: msFromJulianDate(row.jd2),
      priority: row.priority,
      startMode: row.startMode as StartMode,
      tPreferedMs: row.tPrefered === -1 ? null : msFromJulianDate(row.tPrefered),
      durationSeconds: row.duration,
      ...(row.minUsefulSeconds !== null && { minUsefulSeconds: row.minUsefulSeconds }),
      ...(isPlaced && { limits }),
      setupSeconds: this.maxOverhead,
      chargeSeconds: 0,
      accounts: [],
      inTwilight: !isPlaced,
      isAlert: false,
      mayPreempt: false,
    };
  }
}

function hasPlace({ targetForm, raDeg }: SequenceRow): boolean {
  return targetForm !== 'FIXED' || raDeg !== null;
}

function skyTargetOf(row: SequenceRow): PlanSequence['target'] {
  return targetOf({
    target: row.target,
    target_form: row.targetForm,
    ra_deg: row.raDeg,
    dec_deg: row.decDeg,
    pm_ra: row.pmRa,
    pm_dec: row.pmDec,
    epoch: row.epoch,
    ephemeris: row.ephemeris,
  }).skyTarget;
}

function limitsOf(row: SequenceRow): SequenceLimits {
  const { minAltDeg, moonDistanceDeg, sunDistanceDeg, skyBrightness, maxSeeing } = row;
  return {
    ...(minAltDeg !== null && { minAltDeg }),
    ...(moonDistanceDeg !== null && { moonDistanceDeg }),
    ...(sunDistanceDeg !== null && { sunDistanceDeg }),
    ...(skyBrightness !== null && { skyBrightness }),
    ...(maxSeeing !== null && { maxSeeingArcsec: maxSeeing }),
  };
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

function allOf(span: Span): { dark: Span; open: Span } {
  return { dark: span, open: span };
}

/**
 * From the first start to the last end of some windows, UTC ms.
 *
 * @throws PyrosError `PLANNING_SPAN`
 */
function spanOf(rows: readonly SequenceRow[]): Span {
  const startMs = Math.min(...rows.map((row) => msFromJulianDate(row.jd1)));
  const endMs = Math.max(...rows.map((row) => msFromJulianDate(row.jd2)));
  if (endMs - startMs <= LONGEST_DAYS * DAY_MS) return { startMs, endMs };
  const days = Math.round((endMs - startMs) / DAY_MS);
  const sentence = `The windows lie within ${days} days, not ${LONGEST_DAYS}.`;
  throw new PyrosError('PLANNING_SPAN', sentence, {
    remedy: 'Delete sequences that are long past, or mend their jd1 and jd2.',
  });
}
