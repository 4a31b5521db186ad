import { latestFacts } from '#agent';
import type { Database } from '#db';
import { readObservatory, sentenceOfFact } from '#execution';
import { type Clock, everyRealMs } from '#platform';
import { allSequences } from '#request';
import type { Unit } from '#unit';
import type { NightHours } from './demo-night.ts';

const REFRESH_REAL_MS = 400;
const BAR_CELLS = 20;

/** Facts that are worth a line of their own where the terminal cannot be redrawn. */
const LINES = new Set([
  'ModeChanged',
  'SafetyChanged',
  'AlarmCleared',
  'ObservatoryLocked',
  'ObservatoryUnlocked',
  'RemoteAsked',
  'BypassAsked',
  'BypassFailed',
  'CalibrationsEnded',
  'DomeOpened',
  'DomeClosed',
  'AlertReceived',
  'AlertUpdated',
  'SequencePreempted',
  'SequenceEnded',
  'AgentRestarted',
  'AgentGivenUp',
  'DeviceFailed',
  'NightEnded',
]);

/** The live line in the terminal: clock, mode, what is being done, progress of the night. */
export class StatusLine {
  readonly #parts: { database: Database; clock: Clock; unit: Unit; night: NightHours };
  #lastFact = 0;
  #busy = false;

  constructor(parts: { database: Database; clock: Clock; unit: Unit; night: NightHours }) {
    this.#parts = parts;
  }

  /** Refreshes until the returned function is called. */
  start(): () => void {
    const redraw = process.stdout.isTTY;
    const stop = everyRealMs(REFRESH_REAL_MS, () => {
      if (this.#busy) return;
      this.#busy = true;
      const step = redraw ? this.#redraw() : this.#printFacts();
      step
        .catch(() => undefined)
        .finally(() => {
          this.#busy = false;
        });
    });
    return () => {
      stop();
      if (redraw) process.stdout.write('\r\x1b[K');
    };
  }

  async #redraw(): Promise<void> {
    const text = (await this.line()).slice(0, (process.stdout.columns || 80) - 1);
    process.stdout.write(`\r\x1b[K${text}`);
  }

  async #printFacts(): Promise<void> {
    const facts = await latestFacts(this.#parts.database, 100);
    for (const fact of facts.reverse()) {
      if (fact.id <= this.#lastFact) continue;
      this.#lastFact = fact.id;
      const isFirst = fact.type === 'AlarmRaised' && fact.payload.count === 1;
      if (isFirst || LINES.has(fact.type)) {
        console.log(`${fact.at.slice(11, 19)}  ${sentenceOfFact(fact)}`);
      }
    }
  }

  /** `21:08:31Z x20 SCHED_READY  Observing Swift 596958  [████······] 38% 12 done 143 images` */
  async line(): Promise<string> {
    const { database, clock, night } = this.#parts;
    const nowMs = clock.now();
    const observatory = await readObservatory(database);
    const sequences = await allSequences(database);
    const running = sequences.find((sequence) => sequence.status === 'EXECUTING');
    const done = sequences.filter((sequence) => sequence.status === 'DONE').length;
    const time = new Date(nowMs).toISOString().slice(11, 19);
    const doing = running ? `Observing ${running.name}` : (observatory?.reason ?? 'starting');
    const fraction = Math.min(
      1,
      Math.max(0, (nowMs - night.startMs) / (night.closeMs - night.startMs)),
    );
    const full = Math.round(fraction * BAR_CELLS);
    const bar = '█'.repeat(full) + '·'.repeat(BAR_CELLS - full);
    const rate = `x${Math.round(clock.rate())}`;
    const mode = observatory?.mode ?? 'STARTING';
    const percent = `${Math.round(fraction * 100)}%`;
    return `${time}Z ${rate}  ${mode}  ${bar} ${percent}  ${done}/${sequences.length} done  ${doing}`;
  }
}
