import { type Clock, PyrosError, sentenceOf } from '#platform';
import { faultOf, type ScenarioStep } from './scenario.ts';
import type { SendOptions } from './sender.ts';
import type { SentCommand } from './sent-command.ts';

interface Parts {
  readonly clock: Clock;
  readonly send: (to: string, command: string, options: SendOptions) => Promise<SentCommand>;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Steps of a scenario are short: a recipient that is there answers well within these, seconds. */
const VALIDITY_SECONDS = 20;
const TIMEOUT_SECONDS = 30;
const LOOK_SECONDS = 0.05;

/** Plays a scenario: sends its commands one after the other, and checks how each ended. */
export class ScenarioPlayer {
  readonly #parts: Parts;
  readonly #sent: (SentCommand | null)[] = [];
  readonly #faults: Promise<string | null>[] = [];
  /** Recipients that do not run: nothing more is sent to them. */
  readonly #silent = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Resolves, once every command has ended, with what went wrong: a sentence each. */
  async play(steps: readonly ScenarioStep[]): Promise<readonly string[]> {
    for (const step of steps) {
      const fault = this.#play(step);
      this.#faults.push(fault);
      if (step.leaves) await this.#isSent(this.#faults.length);
      else await fault;
    }
    const faults = await Promise.all(this.#faults);
    return faults.filter((fault) => fault !== null);
  }

  async #play(step: ScenarioStep): Promise<string | null> {
    const { clock, send, tell, signal } = this.#parts;
    const place = this.#sent.push(null) - 1;
    if (this.#silent.has(step.to)) return `"${step.command}": not sent, ${step.to} does not run`;
    try {
      if (step.after) await this.#untilProgress(step.after);
      const options = {
        validitySeconds: clock.allow(VALIDITY_SECONDS),
        timeoutSeconds: clock.allow(TIMEOUT_SECONDS),
      };
      const sent = await send(step.to, step.command, options);
      this.#sent[place] = sent;
      const end = await sent.ended(signal);
      if (end.errorCode === 'RECIPIENT_SILENT') this.#silent.add(step.to);
      const fault = faultOf(step, end);
      tell(`${fault ? 'NOT OK' : 'ok'}: ${sent} => '${end.result}'`);
      return fault;
    } catch (error) {
      const fault = `"${step.command}" to ${step.to}: ${sentenceOf(error)}`;
      tell(`NOT OK: ${fault}`);
      return fault;
    }
  }

  /** Until the step, counted from 1, is sent, or was given up. */
  async #isSent(step: number): Promise<void> {
    const { clock, signal } = this.#parts;
    let isOver = false;
    void this.#faults[step - 1]?.then(() => (isOver = true));
    while (!this.#sent[step - 1] && !isOver) await clock.sleep(clock.period(LOOK_SECONDS), signal);
  }

  async #untilProgress({ step, progress }: { step: number; progress: string }): Promise<void> {
    const { clock, signal } = this.#parts;
    const sent = this.#sent[step - 1];
    const endMs = clock.monotonic() + clock.allow(TIMEOUT_SECONDS) * 1000;
    while (sent && clock.monotonic() < endMs) {
      await sent.refresh();
      if (sent.progress === progress) return;
      if (sent.state !== 'PENDING' && sent.state !== 'RUNNING') break;
      await clock.sleep(clock.period(LOOK_SECONDS), signal);
    }
    throw new PyrosError('SCENARIO_PROGRESS', `step ${step} never came to "${progress}".`);
  }
}
