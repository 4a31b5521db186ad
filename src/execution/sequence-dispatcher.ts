import { type Command, isEnded, readCommand, type Work } from '#agent';
import type { Database } from '#db';
import { latestSchedule } from '#planning';
import type { Clock } from '#platform';
import { readSequence, sequencesIn } from '#request';
import { dispatch, type ScheduledSequence } from './dispatch.ts';
import type { ObservatoryRow } from './execution-store.ts';

/** Does something in a transaction of the Majordome; gives what then changes in its row. */
export type RowChange = (work: Work) => Promise<Partial<ObservatoryRow>>;

/** A sequence may start this long before its slot, seconds. */
const LEAD_SECONDS = 20;
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
    const schedule = await this.#schedule();
    const running = schedule.running.find((one) => one.sequenceId === row.running_sequence_id);
    const decision = dispatch({
      nowMs: this.#clock.now(),
      schedule: schedule.waiting,
      running: row.running_sequence_id === 0 ? null : (running ?? unknownRunning(row)),
      leadSeconds: LEAD_SECONDS,
    });
    return decision.kind === 'nothing' ? null : this.#start(row, decision);
  }

  async #schedule(): Promise<{ waiting: ScheduledSequence[]; running: ScheduledSequence[] }> {
    const stored = await latestSchedule(this.#database);
    const sequences = await sequencesIn(this.#database, ['PLANNED', 'EXECUTING']);
    const lines = (stored?.lines ?? []).flatMap((line) => {
      const sequence = sequences.find((one) => one.id === line.sequenceId);
      if (!sequence || line.startMs === null || line.endMs === null) return [];
      const { isAlert, priority, status } = sequence;
      const { sequenceId, startMs, endMs } = line;
      return [{ sequenceId, startMs, endMs, isAlert, priority, status }];
    });
    const executing = sequences.filter((one) => one.status === 'EXECUTING');
    return {
      waiting: lines.filter((line) => line.status === 'PLANNED'),
      running: executing.map(({ id, isAlert, priority }) => {
        return { sequenceId: id, isAlert, priority, startMs: 0, endMs: 0 };
      }),
    };
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
      const order = { name: 'run_sequence', payload: { sequenceId }, validitySeconds };
      const id = await work.send(this.#observer, order);
      return { running_sequence_id: sequenceId, running_command_id: id };
    };
  }
}

const NONE_RUNNING = { running_sequence_id: 0, running_command_id: 0 };

async function nameOf(work: Work, sequenceId: number): Promise<string> {
  return (await readSequence(work, sequenceId))?.name ?? '';
}

/** Told but not yet begun: nothing is known of it but that it counts as routine work. */
function unknownRunning(row: ObservatoryRow) {
  return { sequenceId: row.running_sequence_id, isAlert: false, priority: Number.MAX_SAFE_INTEGER };
}
