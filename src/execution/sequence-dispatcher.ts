import { type Command, isEnded, readCommand, type Work } from '#agent';
import type { Database } from '#db';
import { lineOf, slotsFrom } from '#planning';
import { type Clock, iso } from '#platform';
import { readSequence } from '#request';
import { dispatch, dueMs, type ScheduledSequence } from './dispatch.ts';
import type { ObservatoryRow } from './execution-store.ts';

/** Does something in a transaction of the Majordome; gives what then changes in its row. */
export type RowChange = (work: Work) => Promise<Partial<ObservatoryRow>>;

/** A command that the observer has not taken up after this is void, seconds. */
const COMMAND_VALIDITY_SECONDS = 120;

/** Chooses what the observer does, by the published schedule, and follows what became of it. */
export class SequenceDispatcher {
  readonly #observer: string;
  readonly #clock: Clock;
  readonly #database: Database;

  constructor(parts: { observer: string; clock: Clock; database: Database }) {
    this.#observer = parts.observer;
    this.#clock = parts.clock;
    this.#database = parts.database;
  }

  /** What to do now, or null when nothing changes; unless it `mayStart`, nothing new begins. */
  async step(row: ObservatoryRow, mayStart: boolean): Promise<RowChange | null> {
    const next = async (from: ObservatoryRow) => (mayStart ? await this.#next(from) : null);
    const command = await this.#running(row);
    if (command && (await this.#isWithdrawn(row))) {
      return await this.stop(row, 'it was withdrawn');
    }
    const ended = row.running_command_id !== 0 && !command;
    if (!ended) return await next(row);
    return (await next({ ...row, ...NONE_RUNNING })) ?? (async () => NONE_RUNNING);
  }

  /** Stops what runs, once. */
  async stop(row: ObservatoryRow, reason: string): Promise<RowChange | null> {
    if (row.running_command_id === 0) return null;
    const command = await this.#running(row);
    return async (work) => {
      const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
      const order = { name: 'abort', payload: reason, validitySeconds };
      if (command) await work.send(this.#observer, order);
      return NONE_RUNNING;
    };
  }

  /** Its alert was retracted while the observer was at it. */
  async #isWithdrawn(row: ObservatoryRow): Promise<boolean> {
    const sequence = await readSequence(this.#database, row.running_sequence_id);
    return sequence?.status === 'CANCELLED';
  }

  /** The command that runs, or null once it has ended. */
  async #running(row: ObservatoryRow): Promise<Command | null> {
    if (row.running_command_id === 0) return null;
    const command = await readCommand(this.#database, row.running_command_id);
    return command && !isEnded(command.state) ? command : null;
  }

  async #next(row: ObservatoryRow): Promise<RowChange | null> {
    const decision = dispatch({
      nowMs: this.#clock.now(),
      schedule: await this.#due(),
      running: row.running_sequence_id === 0 ? null : await this.#whatRuns(row),
    });
    return decision.kind === 'nothing' ? null : this.#start(row, decision);
  }

  /** Those whose turn has come and that still wait for it; of a long plan only they are looked at. */
  async #due(): Promise<ScheduledSequence[]> {
    const nowMs = this.#clock.now();
    const due: ScheduledSequence[] = [];
    for (const { sequenceId, startMs, endMs, overheadSeconds } of await slotsFrom(
      this.#database,
      nowMs,
    )) {
      if (startMs === null || endMs === null || dueMs({ startMs, overheadSeconds }) > nowMs)
        continue;
      const sequence = await readSequence(this.#database, sequenceId);
      if (sequence?.status !== 'PLANNED') continue;
      const { isAlert, priority } = sequence;
      due.push({ sequenceId, startMs, endMs, overheadSeconds, isAlert, priority });
    }
    return due;
  }

  /** Told but not yet begun, nothing is known of it but that it counts as routine work. */
  async #whatRuns({ running_sequence_id: sequenceId }: ObservatoryRow) {
    const sequence = await readSequence(this.#database, sequenceId);
    if (sequence?.status !== 'EXECUTING') {
      return { sequenceId, isAlert: false, priority: Number.MAX_SAFE_INTEGER };
    }
    return { sequenceId, isAlert: sequence.isAlert, priority: sequence.priority };
  }

  /** One that has room for its useful part only is told when to end. */
  async #orderOf(work: Work, sequenceId: number) {
    const line = await lineOf(work, sequenceId);
    const endAt = line?.isShortened && line.endMs !== null ? { endAt: iso(line.endMs) } : {};
    const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
    return { name: 'run_sequence', payload: { sequenceId, ...endAt }, validitySeconds };
  }

  #start(
    row: ObservatoryRow,
    decision: { kind: 'start' | 'preempt'; sequenceId: number },
  ): RowChange {
    const { sequenceId } = decision;
    return async (work) => {
      const validitySeconds = this.#clock.allow(COMMAND_VALIDITY_SECONDS);
      if (decision.kind === 'preempt') {
        const abort = { name: 'abort', payload: 'an alert takes the telescope', validitySeconds };
        await work.send(this.#observer, abort);
        const name = await nameOf(work, row.running_sequence_id);
        const byName = await nameOf(work, sequenceId);
        const payload = { sequenceId: row.running_sequence_id, name, by: sequenceId, byName };
        await work.fact('SequencePreempted', payload);
      }
      const id = await work.send(this.#observer, await this.#orderOf(work, sequenceId));
      return { running_sequence_id: sequenceId, running_command_id: id };
    };
  }
}

const NONE_RUNNING = { running_sequence_id: 0, running_command_id: 0 };

async function nameOf(work: Work, sequenceId: number): Promise<string> {
  return (await readSequence(work, sequenceId))?.name ?? '';
}
