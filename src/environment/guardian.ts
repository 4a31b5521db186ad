import type { Dome, Telescope } from '#devices';
import { type Clock, type Logger, sentenceOf, Wake } from '#platform';
import type { Unit } from '#unit';
import { type GuardDecision, guard } from './guard.ts';
import { GuardianDome } from './guardian-dome.ts';
import { answerWithin } from './guardian-hand.ts';
import { GuardianSenses, type GuardianSources } from './guardian-senses.ts';
import { type GuardianReporter, GuardianVoice } from './guardian-voice.ts';
import { GuardianWakefulness } from './guardian-wakefulness.ts';
import { sunRule } from './sun-limit.ts';

export interface GuardianParts extends GuardianSources {
  readonly unit: Unit;
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** One dome, by as many connections as there are. */
  readonly domes: readonly Dome[];
  /** Only for a roof that waits for its telescope. */
  readonly telescope: Telescope | null;
  readonly reporter: GuardianReporter;
}

/** Agents without which the dome may not be open: who closes it, and who tells all others why. */
const CRITICAL = ['majordome', 'environment'] as const;
/** The guardian decides this often, seconds; and at once when the PLC says something else. */
const LOOK_SECONDS = 2;
/** Its first decision waits no longer for what it does not know, seconds. */
const FIRST_SECONDS = 2;
/** It decides again so soon after an order that nobody took, seconds. */
const AGAIN_SECONDS = 0.5;

/**
 * The guardian: the only one that may let the dome stay open. It has its own links to the PLC and to
 * the dome, and works with the database, the disk, the scheduler and the web server dead. What it
 * keeps whatever happens is written in docs/safety.md.
 */
export class Guardian {
  readonly #parts: GuardianParts;
  readonly #voice: GuardianVoice;
  readonly #wakefulness: GuardianWakefulness;
  readonly #senses: GuardianSenses;
  readonly #dome: GuardianDome;
  readonly #stop = new AbortController();
  readonly #wake = new Wake();

  constructor(parts: GuardianParts) {
    const { unit, clock, name, log, reporter } = parts;
    this.#parts = parts;
    this.#voice = new GuardianVoice(name, log, reporter);
    this.#wakefulness = new GuardianWakefulness(clock, () => clock.period(LOOK_SECONDS));
    const aliasOf = (kind: string) => unit.agents.find((one) => one.kind === kind)?.alias ?? kind;
    this.#senses = new GuardianSenses({
      ...parts,
      voice: this.#voice,
      wakefulness: this.#wakefulness,
      critical: CRITICAL.map(aliasOf),
      pollSeconds: unit.plc.pollSeconds,
      ring: () => this.#wake.ring(),
    });
    this.#dome = new GuardianDome({ ...parts, voice: this.#voice });
  }

  stop(): void {
    this.#stop.abort(new Error('the guardian was asked to stop'));
    this.#wake.ring();
  }

  /** Lives until stopped; then takes the permit back, and the dome closes. */
  async run(): Promise<void> {
    this.#voice.heartbeat();
    await this.#parts.monitor.restore();
    void this.#watchTime();
    await this.#lookAround();
    while (!this.#stop.signal.aborted) {
      const isDone = await this.#act().catch((error) => this.#failed(error));
      await this.#rest(isDone ? LOOK_SECONDS : AGAIN_SECONDS);
    }
    await this.#dome.letGo();
    await this.#voice.stopped();
  }

  /** A life that begins in a good night orders nothing before it has looked once, if not for long. */
  async #lookAround(): Promise<void> {
    const looked = this.#senses.watch(this.#stop.signal);
    await answerWithin(this.#parts.clock, FIRST_SECONDS, looked).catch(() => undefined);
  }

  #failed(error: unknown): boolean {
    this.#voice.trouble('guardian', sentenceOf(error));
    return false;
  }

  /** Until the next turn is due or the bell rings. */
  async #rest(seconds: number): Promise<void> {
    const { clock } = this.#parts;
    const rung = new AbortController();
    const due = clock.sleep(clock.period(seconds), rung.signal).catch(() => undefined);
    await this.#wake.waitOr(due);
    rung.abort('rung');
  }

  async #watchTime(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#stop.signal.aborted) {
      this.#takeTurn();
      await clock.sleep(clock.period(LOOK_SECONDS), this.#stop.signal).catch(() => undefined);
    }
  }

  #takeTurn(): void {
    const interruption = this.#wakefulness.turn();
    if (interruption) this.#voice.interrupted(interruption);
  }

  /** Decides and acts; gives whether the dome did as it was told, and said so. */
  async #act(): Promise<boolean> {
    this.#takeTurn();
    const isDone = await this.#dome.carryOut(this.#decide());
    this.#voice.heartbeat();
    return isDone;
  }

  #decide(): GuardDecision {
    const { unit, clock, monitor } = this.#parts;
    const { sunAltDeg, limitDeg } = sunRule(unit, clock.now());
    return guard({
      verdict: monitor.verdict(),
      sunAltDeg,
      openSunAltDeg: limitDeg,
      absent: this.#senses.absent(),
      lock: this.#senses.lock(),
      isAwake: this.#senses.isAwake(),
      isAtRest: this.#dome.isAtRest(),
      roof: this.#dome.roof(),
    });
  }
}
