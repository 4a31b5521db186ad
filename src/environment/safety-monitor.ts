import type { Plc, PlcFrame, WeatherStation } from '#devices';
import { type Clock, codeOf, parseIso, sentenceOf } from '#platform';
import { nightBounds, nightId } from '#sky';
import type { PlcSpec } from '#unit';
import type { Moment } from './cause.ts';
import { type Verdict, verdictOf } from './safety.ts';
import {
  maxAgeMs,
  NOTHING_KNOWN,
  release,
  remember,
  revived,
  type SafetyMemory,
} from './safety-memory.ts';
import { PLC } from './sighting.ts';

/** Where the memory of the verdict outlives a process. What it gives is checked before it is believed. */
export interface MemoryKeeper {
  load(): Promise<{ readonly memory: unknown; readonly savedMs: number } | null>;
  /** `nowMs`: UTC; it belongs to the memory's `atMono`. */
  save(memory: SafetyMemory, nowMs: number): Promise<void>;
}

/** What one look at the PLC gave. */
export interface Look {
  readonly frame: PlcFrame | null;
  /** Why there is no frame: `DEVICE_UNREACHABLE`, or `DEVICE_GARBLED` for one that was refused. */
  readonly error: { code: string; sentence: string } | null;
}

export interface MonitorParts {
  readonly plc: Pick<Plc, 'status'>;
  readonly spec: PlcSpec;
  readonly clock: Clock;
  readonly keeper: MemoryKeeper | null;
  /** Weather stations with a wire of their own, by alias. */
  readonly stations?: ReadonlyMap<string, Pick<WeatherStation, 'status'>>;
  /**
   * Holds a quantity that flaps until noon at this longitude (degrees, east positive); not said: never.
   * Too many reopenings are no danger but wear, so one watcher is enough for them.
   */
  readonly holdsFlappingAtLonDeg?: number;
}

/**
 * Watches the PLC and the stations through its own links and keeps the verdict. The environment agent
 * and the guardian each have one, so that neither depends on the other. What cannot be read changes
 * nothing: what was known goes on ageing.
 */
export class SafetyMonitor {
  readonly #parts: MonitorParts;
  readonly #asked = new Set<string>();
  #memory: SafetyMemory = NOTHING_KNOWN;
  #savedMono = Number.NEGATIVE_INFINITY;
  #savedStanding = '';

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  get memory(): SafetyMemory {
    return this.#memory;
  }

  /** The present moment as the verdict counts it. */
  moment(): Moment {
    const { clock } = this.#parts;
    return { nowMs: clock.now(), atMono: clock.monotonic(), slackSeconds: clock.allow(0) };
  }

  /** Takes up what an earlier life knew, if that is fresh enough to be still true. */
  async restore(): Promise<void> {
    const kept = await this.#parts.keeper?.load().catch(() => null);
    if (!kept) return;
    const now = this.moment();
    const oldMs = maxAgeMs(this.#parts.spec, now.slackSeconds);
    this.#memory = this.#believed(() => revived(kept, now, oldMs)) ?? NOTHING_KNOWN;
  }

  /** What cannot be judged by is no memory. */
  #believed(revive: () => SafetyMemory | null): SafetyMemory | null {
    try {
      const memory = revive();
      if (memory) verdictOf(memory, this.#parts.spec, this.moment());
      return memory;
    } catch {
      return null;
    }
  }

  /** Asks the PLC once, and each station that is not still answering. Never rejects. */
  async look(): Promise<Look> {
    for (const [alias, station] of this.#parts.stations ?? []) void this.#ask(alias, station);
    try {
      const frame = await this.#parts.plc.status();
      this.#take(PLC, { devices: frame.device, date: frame.date });
      await this.#save();
      return { frame, error: null };
    } catch (error) {
      return { frame: null, error: { code: codeOf(error), sentence: sentenceOf(error) } };
    }
  }

  /** The verdict at this moment: what was good becomes unknown by age alone. */
  verdict(): Verdict {
    return verdictOf(this.#memory, this.#parts.spec, this.moment());
  }

  /** Lets go what is held until noon: one quantity, or all; gives what was held. */
  release(quantity: string | null): readonly string[] {
    const { memory, released } = release(this.#memory, quantity);
    this.#memory = memory;
    return released;
  }

  /** A station that does not answer keeps nobody waiting: its values grow old alone. */
  async #ask(alias: string, station: Pick<WeatherStation, 'status'>): Promise<void> {
    if (this.#asked.has(alias)) return;
    this.#asked.add(alias);
    try {
      const device = { ...(await station.status()), name: alias };
      this.#take(alias, { devices: [device], date: device.date });
    } catch {
      // Its silence shows in the age of its values.
    } finally {
      this.#asked.delete(alias);
    }
  }

  #take(source: string, said: { devices: PlcFrame['device']; date: string | undefined }): void {
    const { spec, holdsFlappingAtLonDeg: lonDeg } = this.#parts;
    const dateMs = said.date === undefined ? null : parseIso(said.date);
    const moment = this.moment();
    const arrival = { source, devices: said.devices, dateMs, ...moment };
    const nextNoonMs = lonDeg === undefined ? null : nextNoon(moment.nowMs, lonDeg);
    this.#memory = remember(this.#memory, arrival, { spec, nextNoonMs });
  }

  /**
   * Often enough that a restart finds it fresh, and no oftener; but at once what a person must end, for
   * no later look tells the next life of it again.
   */
  async #save(): Promise<void> {
    const { keeper, spec, clock } = this.#parts;
    const atMono = clock.monotonic();
    const standing = standingIn(this.#memory);
    const isFresh = atMono - this.#savedMono < (spec.maxAgeSeconds / 4) * 1000;
    if (isFresh && standing === this.#savedStanding) return;
    this.#savedMono = atMono;
    this.#savedStanding = standing;
    await keeper?.save({ ...this.#memory, atMono }, clock.now()).catch(() => undefined);
  }
}

/** Latches, the bypass, and what is held until noon. */
function standingIn({ latches, bypassMono, quantities }: SafetyMemory): string {
  const held = Object.values(quantities).map(({ heldUntilMs }) => heldUntilMs);
  return JSON.stringify([latches, bypassMono, held]);
}

/** The next mean noon at a longitude, UTC ms. */
function nextNoon(nowMs: number, lonDeg: number): number {
  return nightBounds(nightId(nowMs, lonDeg), lonDeg).endMs;
}
