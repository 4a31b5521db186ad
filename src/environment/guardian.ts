import type { Dome, DomeStatus } from '#devices';
import { type Clock, type Logger, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { type GuardDecision, guard } from './guard.ts';
import type { SafetyMonitor } from './safety-monitor.ts';
import { sunRule } from './sun-limit.ts';

/** What the guardian would like others to know; it never waits for anybody to hear it. */
export interface GuardianReporter {
  /** It told the dome to close. */
  closing(reason: string): void;
  /** It lives. */
  heartbeat(): void;
  /** It ends: the last that it says, and the only one that it waits for, if not for long. */
  stopped(): Promise<void>;
}

export interface GuardianParts {
  readonly unit: Unit;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dome: Dome;
  readonly monitor: SafetyMonitor;
  readonly reporter: GuardianReporter;
  /** When the Majordome last said that it lives, UTC ms; null when not known. */
  readonly majordomeSeenMs: () => Promise<number | null>;
}

/** The Majordome is doubted after this silence, seconds. */
const MAJORDOME_SILENCE_SECONDS = 60;
/** The guardian looks and decides this often, seconds. */
const LOOK_SECONDS = 2;
/** A close that does not show is told again after this, seconds; it is ordered at every look. */
const INSIST_SECONDS = 10;

/**
 * The guardian: the only one that may let the dome stay open. It has its own links to the PLC and to
 * the dome, and works with the database, the scheduler and the web server dead.
 */
export class Guardian {
  readonly #parts: GuardianParts;
  readonly #stop = new AbortController();
  #majordomeSeenMs: number | null = null;
  #lastToldMs = Number.NEGATIVE_INFINITY;

  constructor(parts: GuardianParts) {
    this.#parts = parts;
  }

  stop(): void {
    this.#stop.abort(new Error('the guardian was asked to stop'));
  }

  /** Lives until stopped; then takes the permit back, and the dome closes. */
  async run(): Promise<void> {
    await this.#parts.monitor.restore();
    // A PLC or a database that never answers must not keep the end waiting.
    void this.#repeat(() => this.#watchPlc());
    void this.#repeat(() => this.#watchMajordome());
    await this.#repeat(() => this.#act());
    await this.#parts.dome.permit(0).catch(() => undefined);
    await this.#parts.reporter.stopped().catch(() => undefined);
  }

  async #repeat(step: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#parts;
    while (!this.#stop.signal.aborted) {
      await step().catch((error) => log.error(sentenceOf(error)));
      await clock.sleep(clock.period(LOOK_SECONDS), this.#stop.signal).catch(() => undefined);
    }
  }

  async #watchPlc(): Promise<void> {
    const look = await this.#parts.monitor.look();
    if (look.error) this.#parts.log.warn(look.error.sentence, { code: look.error.code });
  }

  async #watchMajordome(): Promise<void> {
    this.#majordomeSeenMs = await this.#parts.majordomeSeenMs().catch(() => this.#majordomeSeenMs);
  }

  async #act(): Promise<void> {
    const { dome, clock, reporter } = this.#parts;
    const status = await dome.status().catch(() => null);
    const decision = this.#decide(status);
    // Closing comes first: what else fails must not keep the dome open.
    if (decision.close) await this.#close(decision.reason);
    if (decision.permit) await dome.permit(clock.allow(this.#parts.unit.dome.permitSeconds));
    else if (status && status.permitSeconds > 0) await dome.permit(0);
    reporter.heartbeat();
  }

  #decide(status: DomeStatus | null): GuardDecision {
    const { unit, clock, monitor } = this.#parts;
    const nowMs = clock.now();
    const { sunAltDeg, limitDeg } = sunRule(unit, nowMs);
    return guard({
      verdict: monitor.verdict(),
      sunAltDeg,
      openSunAltDeg: limitDeg,
      majordomeAlive: this.#isMajordomeAlive(nowMs),
      shutter: status?.shutter ?? null,
    });
  }

  #isMajordomeAlive(nowMs: number): boolean {
    if (this.#majordomeSeenMs === null) return false;
    return (
      nowMs - this.#majordomeSeenMs <= this.#parts.clock.allow(MAJORDOME_SILENCE_SECONDS) * 1000
    );
  }

  async #close(reason: string): Promise<void> {
    const { dome, clock, log, reporter } = this.#parts;
    const nowMs = clock.now();
    const again = nowMs - this.#lastToldMs < INSIST_SECONDS * 1000;
    await dome.close();
    if (again) return;
    this.#lastToldMs = nowMs;
    log.warn(`closing the dome: ${reason}`);
    reporter.closing(reason);
  }
}
