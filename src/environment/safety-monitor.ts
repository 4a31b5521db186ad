import type { Plc, PlcFrame } from '#devices';
import { type Clock, codeOf, PyrosError, parseIso, sentenceOf } from '#platform';
import type { PlcSpec } from '#unit';
import { NOTHING_KNOWN, remember, type SafetyMemory, type Verdict, verdictOf } from './safety.ts';

/** Where the memory of the verdict outlives a process. */
export interface MemoryKeeper {
  load(): Promise<{ memory: SafetyMemory; savedMs: number } | null>;
  save(memory: SafetyMemory, nowMs: number): Promise<void>;
}

/** What one look at the PLC gave. */
export interface Look {
  readonly frame: PlcFrame | null;
  /** Why there is no frame: `DEVICE_UNREACHABLE`, or `DEVICE_GARBLED` for one that was refused. */
  readonly error: { code: string; sentence: string } | null;
}

/**
 * Watches the PLC through its own link and keeps the verdict. The environment agent and the guardian
 * each have one, so that neither depends on the other. A frame dated in the past ages at once; one
 * that cannot be read changes nothing.
 */
export class SafetyMonitor {
  readonly #plc: Plc;
  readonly #spec: PlcSpec;
  readonly #clock: Clock;
  readonly #keeper: MemoryKeeper | null;
  #memory: SafetyMemory = NOTHING_KNOWN;
  #savedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { plc: Plc; spec: PlcSpec; clock: Clock; keeper: MemoryKeeper | null }) {
    this.#plc = parts.plc;
    this.#spec = parts.spec;
    this.#clock = parts.clock;
    this.#keeper = parts.keeper;
  }

  get memory(): SafetyMemory {
    return this.#memory;
  }

  /** Takes up what an earlier life knew, if that is fresh enough to be still true. */
  async restore(): Promise<void> {
    const kept = await this.#keeper?.load().catch(() => null);
    if (!kept) return;
    const ageSeconds = (this.#clock.now() - kept.savedMs) / 1000;
    if (ageSeconds >= 0 && ageSeconds <= this.#maxAgeSeconds()) this.#memory = kept.memory;
  }

  /** Asks the PLC once. Never rejects. */
  async look(): Promise<Look> {
    try {
      const frame = await this.#plc.status();
      const nowMs = this.#clock.now();
      const frameMs = frameTime(frame, nowMs);
      const arrival = { frame, frameMs, nowMs, maxAgeSeconds: this.#maxAgeSeconds() };
      this.#memory = remember(this.#memory, arrival, this.#spec);
      await this.#save(nowMs);
      return { frame, error: null };
    } catch (error) {
      return { frame: null, error: { code: codeOf(error), sentence: sentenceOf(error) } };
    }
  }

  /** The verdict at this moment: what was good becomes unknown by age alone. */
  verdict(): Verdict {
    const now = { nowMs: this.#clock.now(), maxAgeSeconds: this.#maxAgeSeconds() };
    return verdictOf(this.#memory, this.#spec, now);
  }

  /** Often enough that a restart finds it fresh, and no oftener. */
  async #save(nowMs: number): Promise<void> {
    if (nowMs - this.#savedMs < (this.#spec.maxAgeSeconds / 4) * 1000) return;
    this.#savedMs = nowMs;
    await this.#keeper?.save(this.#memory, nowMs).catch(() => undefined);
  }

  #maxAgeSeconds(): number {
    return this.#clock.allow(this.#spec.maxAgeSeconds);
  }
}

/** A clock that is a little ahead of ours is forgiven; one far ahead would never let data age. */
const FORGIVEN_AHEAD_MS = 60_000;

function frameTime(frame: PlcFrame, nowMs: number): number {
  const frameMs = parseIso(frame.date);
  if (frameMs > nowMs + FORGIVEN_AHEAD_MS) {
    throw new PyrosError(
      'DEVICE_GARBLED',
      `The PLC's frame is dated in the future: ${frame.date}.`,
      {
        remedy: "Set the PLC's clock to UTC.",
      },
    );
  }
  return frameMs;
}
