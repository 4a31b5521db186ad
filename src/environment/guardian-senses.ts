import { type Clock, sentenceOf } from '#platform';
import { type AgentWord, type Attendance, absent, attendance } from './guardian-attendance.ts';
import { answerWithin } from './guardian-hand.ts';
import type { GuardianVoice } from './guardian-voice.ts';
import type { GuardianWakefulness } from './guardian-wakefulness.ts';
import type { SafetyMonitor } from './safety-monitor.ts';

/** Whom the guardian hears beside the PLC, by ways that may all be dead. */
export interface GuardianSources {
  readonly monitor: SafetyMonitor;
  /** The last words of the unit's agents. */
  readonly words: () => Promise<readonly AgentWord[]>;
  /** What a lock on this computer says, null without one; absent where there can be none. */
  readonly lock?: () => Promise<string | null>;
}

interface SensesParts extends GuardianSources {
  readonly clock: Clock;
  readonly voice: GuardianVoice;
  readonly wakefulness: GuardianWakefulness;
  readonly critical: readonly string[];
  readonly pollSeconds: number;
  /** Rung when something is known that changes the decision. */
  readonly ring: () => void;
}

/** The agents and the lock are looked at this often, seconds. */
const LOOK_SECONDS = 2;
/** Nobody is asked again sooner than this after his last answer, seconds. */
const LEAST_SECONDS = 0.5;
/** Who does not answer by then is asked anew, seconds. */
const PATIENCE_SECONDS = 10;
/** An agent is doubted after this silence, seconds. */
const SILENCE_SECONDS = 60;
/** The last that was known of a local lock counts for so long, seconds. */
const LOCK_SECONDS = 30;

/**
 * What the guardian knows, each thing asked for in a loop of its own: one that never answers makes
 * itself old, and nothing else. Ages are by the monotonic clock.
 */
export class GuardianSenses {
  readonly #parts: SensesParts;
  /** When the last look at the PLC began that gave a frame; monotonic, ms. */
  #lookMs = Number.NEGATIVE_INFINITY;
  #attendance: Attendance = {};
  #lock: { words: string | null; atMs: number } | null = null;

  constructor(parts: SensesParts) {
    this.#parts = parts;
  }

  /** Begins to watch, until the signal is aborted; resolves when each has answered once, or failed. */
  async watch(signal: AbortSignal): Promise<void> {
    const watches = [
      this.#repeat('PLC', signal, () => this.#watchPlc()),
      this.#repeat('agents', signal, () => this.#watchAgents()),
      ...(this.#parts.lock ? [this.#repeat('lock', signal, () => this.#watchLock())] : []),
    ];
    await Promise.all(watches);
  }

  /** It has looked at the PLC since it was last held up. */
  isAwake(): boolean {
    return this.#lookMs >= this.#parts.wakefulness.awakeSinceMs;
  }

  absent(): string[] {
    return absent(this.#attendance, this.#parts.critical, this.#silence());
  }

  /** What a local lock says, or that nobody knows of one. */
  lock(): string | null {
    const { clock, lock } = this.#parts;
    if (!lock) return null;
    const known = this.#lock;
    const isFresh = known && clock.monotonic() - known.atMs <= clock.allow(LOCK_SECONDS) * 1000;
    return isFresh ? known.words : 'nobody knows whether this computer holds a lock';
  }

  /** Repeats a step; resolves after its first time. */
  #repeat(kind: string, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
    const first = Promise.withResolvers<void>();
    void this.#keepOn(kind, signal, () => step().finally(first.resolve));
    return first.promise;
  }

  async #keepOn(kind: string, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
    const { clock, voice, pollSeconds } = this.#parts;
    const seconds = kind === 'PLC' ? pollSeconds : LOOK_SECONDS;
    while (!signal.aborted) {
      const beganMs = clock.monotonic();
      await answerWithin(clock, PATIENCE_SECONDS, step()).catch((error) =>
        voice.trouble(kind, sentenceOf(error)),
      );
      const left = clock.period(seconds) - (clock.monotonic() - beganMs) / 1000;
      const pause = Math.max(left, clock.period(LEAST_SECONDS));
      await clock.sleep(pause, signal).catch(() => undefined);
    }
  }

  async #watchPlc(): Promise<void> {
    const { clock, monitor, ring, voice } = this.#parts;
    const beganMs = clock.monotonic();
    const before = { safe: monitor.verdict().safe, isAwake: this.isAwake() };
    const look = await monitor.look();
    if (look.frame) this.#lookMs = Math.max(this.#lookMs, beganMs);
    voice.trouble('PLC', look.error?.sentence ?? null);
    if (monitor.verdict().safe !== before.safe || this.isAwake() !== before.isAwake) ring();
  }

  async #watchAgents(): Promise<void> {
    const { voice, words } = this.#parts;
    this.#attendance = attendance(this.#attendance, await words(), this.#silence());
    voice.trouble('agents', null);
  }

  async #watchLock(): Promise<void> {
    const { clock, lock, ring } = this.#parts;
    const words = (await lock?.()) ?? null;
    const isNews = words !== this.#lock?.words;
    this.#lock = { words, atMs: clock.monotonic() };
    if (isNews) ring();
  }

  #silence() {
    const { clock } = this.#parts;
    return { nowMs: clock.monotonic(), silenceSeconds: clock.allow(SILENCE_SECONDS) };
  }
}
