import { type Command, isEnded, readCommand, type Work } from '#agent';
import type { Database } from '#db';
import { lineOf, slotsFrom } from '#planning';
import { type Clock, iso } from '#platform';
import { readInterrupts, readSequence, type StoredSequence, setSequenceStatus } from '#request';
import { dispatch, dueMs, missedStart, type ScheduledSequence } from './dispatch.ts';
import type { ObservatoryRow } from './execution-store.ts';
import type { ExposuresRule } from './frames/interruption.ts';

/** What of the observatory's row tells what the observer is at. */
export type RunningRow = Pick<ObservatoryRow, 'running_sequence_id' | 'running_command_id'>;

/** Does something in a transaction of the Majordome; gives what then changes in its row. */
export type RowChange = (work: Work) => Promise<Partial<ObservatoryRow>>;

/** A slot that ended longer ago than this is history, ms. */
const FORGOTTEN_MS = 6 * 3_600_000;
/** One that was skipped as late, and comes late again, is begun all the same for so long, ms. */
const ONCE_MS = 30 * 60_000;
/** A command that the observer has not taken up after this is void, seconds. */
const COMMAND_VALIDITY_SECONDS = 120;

/** Chooses what the observer does, by the published schedule, and follows what became of it. */
export class SequenceDispatcher {
  readonly #observer: string;
  readonly #clock: Clock;
  readonly #database: Database;
  /** When a sequence was skipped as late, monotonic ms. */
  readonly #skippedMs = new Map<number, number>();

  constructor(parts: { observer: string; clock: Clock; database: Database }) {
    this.#observer = parts.observer;
    this.#clock = parts.clock;
    this.#database = parts.database;
  }

  /** What to do now, or null when nothing changes; unless it `mayStart`, nothing new begins. */
  async step(row: RunningRow, mayStart: boolean): Promise<RowChange | null> {
    const next = async (from: RunningRow, at: Executed | null) =>
      mayStart ? await this.#next(from, at) : null;
    const command = await this.#running(row);
    const at = await this.#executed(row);
    if (command && isWithdrawn(at)) {
      return await this.stop(row, 'it was withdrawn', 'discard');
    }
    const ended = row.running_command_id !== 0 && !command;
    if (!ended) return await next(row, at);
    return (await next({ ...row, ...NONE_RUNNING }, null)) ?? (async () => NONE_RUNNING);
  }

  /** Stops what runs, once. What was exposed until then is kept, unless told otherwise. */
  async stop(
    row: RunningRow,
    reason: string,
    exposures: ExposuresRule = 'readout',
  ): Promise<RowChange | null> {
    if (row.running_command_id === 0) return null;
    const command = await this.#running(row);
    return async (work) => {
      const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
      const order = { name: 'abort', payload: { reason, exposures }, validitySeconds };
      if (command) await work.send(this.#observer, order);
      return NONE_RUNNING;
    };
  }

  /** What the observer was told to do; null: nothing. */
  async #executed({ running_sequence_id: sequenceId }: RunningRow): Promise<Executed | null> {
    if (sequenceId === 0) return null;
    return { sequenceId, sequence: await readSequence(this.#database, sequenceId) };
  }

  /** The command that runs, or null once it has ended. */
  async #running(row: RunningRow): Promise<Command | null> {
    if (row.running_command_id === 0) return null;
    const command = await readCommand(this.#database, row.running_command_id);
    return command && !isEnded(command.state) ? command : null;
  }

  async #next(row: RunningRow, at: Executed | null): Promise<RowChange | null> {
    const nowMs = this.#clock.now();
    const schedule = await this.#due(at);
    const running = at && whatRuns(at);
    const late = running
      ? []
      : missedStart(schedule, nowMs).filter((one) => this.#isNewlyLate(one));
    const onTime = schedule.filter((one) => !late.includes(one));
    const decision = dispatch({ nowMs, schedule: onTime, running });
    // The plan is stale: its next slots are not begun before it is made anew.
    if (late.length > 0 && !onTime.some((one) => one.isAlert)) return this.#skip(late);
    return decision.kind === 'nothing' ? null : this.#start(row, decision);
  }

  #isNewlyLate({ sequenceId }: ScheduledSequence): boolean {
    const skippedMs = this.#skippedMs.get(sequenceId) ?? Number.NEGATIVE_INFINITY;
    return this.#clock.monotonic() - skippedMs > ONCE_MS;
  }

  /** Back to the planner, which makes a new plan at once (hazard F45). */
  #skip(late: readonly ScheduledSequence[]): RowChange {
    const nowMs = this.#clock.now();
    return async (work) => {
      for (const { sequenceId, startMs } of late) {
        const name = await nameOf(work, sequenceId);
        const minutes = Math.round((nowMs - startMs) / 60_000);
        const at = iso(startMs).slice(11, 16);
        const reason = `SKIPPED (late): it should have begun at ${at} UTC, ${minutes} min ago.`;
        await setSequenceStatus(work, { id: sequenceId, to: 'TOBEPLANNED', reason });
        await work.fact('SequenceRequeued', { sequenceId, name, reason, failures: 0 });
        this.#skippedMs.set(sequenceId, this.#clock.monotonic());
      }
      return {};
    };
  }

  /** Those whose turn has come and that still wait for it; of a long plan only they are looked at. */
  async #due(at: Executed | null): Promise<ScheduledSequence[]> {
    const nowMs = this.#clock.now();
    const due: ScheduledSequence[] = [];
    const slots = await slotsFrom(this.#database, nowMs - FORGOTTEN_MS);
    for (const { sequenceId, startMs, endMs, overheadSeconds } of slots) {
      if (startMs === null || endMs === null || dueMs({ startMs, overheadSeconds }) > nowMs)
        continue;
      const sequence =
        at?.sequenceId === sequenceId
          ? at.sequence
          : await readSequence(this.#database, sequenceId);
      if (sequence?.status !== 'PLANNED') continue;
      const { isAlert, priority } = sequence;
      due.push({ sequenceId, startMs, endMs, overheadSeconds, isAlert, priority });
    }
    return due;
  }

  /** One that has room for its useful part only is told when to end. */
  async #orderOf(work: Work, sequenceId: number) {
    const line = await lineOf(work, sequenceId);
    const endAt = line?.isShortened && line.endMs !== null ? { endAt: iso(line.endMs) } : {};
    const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
    return { name: 'run_sequence', payload: { sequenceId, ...endAt }, validitySeconds };
  }

  #start(row: RunningRow, decision: { kind: 'start' | 'preempt'; sequenceId: number }): RowChange {
    const { sequenceId } = decision;
    return async (work) => {
      const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
      if (decision.kind === 'preempt') {
        const exposures = await readInterrupts(work, sequenceId);
        const payload = { reason: 'an alert takes the telescope', exposures };
        await work.send(this.#observer, { name: 'abort', payload, validitySeconds });
        const name = await nameOf(work, row.running_sequence_id);
        const byName = await nameOf(work, sequenceId);
        const fact = { sequenceId: row.running_sequence_id, name, by: sequenceId, byName };
        await work.fact('SequencePreempted', fact);
      }
      const id = await work.send(this.#observer, await this.#orderOf(work, sequenceId));
      return { running_sequence_id: sequenceId, running_command_id: id };
    };
  }
}

/** What the observer was told to do, as it is now; null: it is gone. */
interface Executed {
  readonly sequenceId: number;
  readonly sequence: StoredSequence | null;
}

/** Its alert was retracted, or its request deleted, while the observer was at it (hazard F44). */
function isWithdrawn(at: Executed | null): boolean {
  return !at?.sequence || at.sequence.status === 'CANCELLED';
}

/** One that is over already, or gone, yields to whatever is due. */
function whatRuns({ sequenceId, sequence }: Executed) {
  if (sequence?.status !== 'EXECUTING' && sequence?.status !== 'PLANNED') {
    return { sequenceId, isAlert: false, priority: Number.MAX_SAFE_INTEGER };
  }
  return { sequenceId, isAlert: sequence.isAlert, priority: sequence.priority };
}

const NONE_RUNNING = { running_sequence_id: 0, running_command_id: 0 };

async function nameOf(work: Work, sequenceId: number): Promise<string> {
  return (await readSequence(work, sequenceId))?.name ?? '';
}
