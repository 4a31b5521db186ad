import { lastFact } from '#agent';
import type { Camera } from '#devices';
import { parseIso } from '#platform';
import { nightId } from '#sky';
import type { Channel } from '#unit';
import {
  type CoolingWish,
  coolingEndsAfter,
  coolingOrder,
  coolingWish,
  isWarm,
} from './cooling.ts';
import { type ObservingTools, tell } from './observing-tools.ts';
import { waitUntil } from './wait-until.ts';

/** A person is reminded of a detector that stays warm this often, milliseconds. */
const REMIND_MS = 600_000;
/** Dusk and dawn are reckoned this often, milliseconds: the Sun needs no closer look. */
const WISH_MS = 60_000;

/** What is known of one channel; lost with the observer, and no harm done. */
interface Memory {
  /** What its cooler was told last, and when it was told so first, monotonic ms; null: nothing. */
  readonly wish: CoolingWish | null;
  readonly askedMs: number | null;
  readonly alarms: number;
  readonly toldMs: number;
}

const NOTHING_KNOWN: Memory = { wish: null, askedMs: null, alarms: 0, toldMs: 0 };

/** Keeps the detectors cold for the night and lets them warm up after it (hazard F59). */
export class CoolingKeeper {
  readonly #memories = new Map<string, Memory>();
  #wish: { readonly wish: CoolingWish; readonly atMs: number } | null = null;

  /** Looks at every detector and tells its cooler what is wanted now. */
  async keep(tools: ObservingTools): Promise<void> {
    const wish = await this.#wishNow(tools);
    for (const channel of tools.unit.channels) {
      const camera = tools.cameras.get(channel.alias);
      if (camera) await this.#keepOne(tools, { channel, camera, wish }).catch(() => undefined);
    }
  }

  /** Waits for a detector that was just told to cool, as long as the unit file allows. */
  async waitUntilCold(
    tools: ObservingTools,
    { channel, camera }: { readonly channel: Channel; readonly camera: Camera },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = tools;
    await waitUntil({
      clock,
      signal,
      timeoutSeconds: channel.detector.coolWaitSeconds + 60,
      what: `The cooling of ${channel.alias}`,
      look: async () => {
        const isOver = this.#hasWaited(channel, clock.monotonic());
        if (isOver || !isWarm(channel, await camera.status()))
          return { done: true, value: undefined };
        return { done: false, remainingSeconds: clock.period(5) };
      },
    });
  }

  async #wishNow(tools: ObservingTools): Promise<CoolingWish> {
    const nowMs = tools.clock.monotonic();
    if (this.#wish === null || nowMs - this.#wish.atMs >= WISH_MS) {
      this.#wish = { wish: await wishNow(tools), atMs: nowMs };
    }
    return this.#wish.wish;
  }

  async #keepOne(
    tools: ObservingTools,
    { channel, camera, wish }: { channel: Channel; camera: Camera; wish: CoolingWish },
  ): Promise<void> {
    const status = await camera.status();
    const order = coolingOrder(wish, channel, status);
    if (order) await camera.cool(order.setpointC);
    // A cooler that forgets what it was told is told again, but not waited for again.
    if (order && this.#memory(channel).wish !== wish) {
      this.#remember(channel, { wish, askedMs: tools.clock.monotonic() });
    }
    const isBad = wish === 'cold' && isWarm(channel, status);
    if (!isBad) return await this.#clear(tools, channel);
    if (this.#hasWaited(channel, tools.clock.monotonic())) {
      await this.#alarm(tools, channel, status.temperatureC);
    }
  }

  #memory({ alias }: Channel): Memory {
    return this.#memories.get(alias) ?? NOTHING_KNOWN;
  }

  #remember(channel: Channel, changes: Partial<Memory>): void {
    this.#memories.set(channel.alias, { ...this.#memory(channel), ...changes });
  }

  #hasWaited(channel: Channel, nowMs: number): boolean {
    const { askedMs } = this.#memory(channel);
    return askedMs === null || nowMs - askedMs >= channel.detector.coolWaitSeconds * 1000;
  }

  async #alarm(tools: ObservingTools, channel: Channel, temperatureC: number): Promise<void> {
    const { alarms, toldMs } = this.#memory(channel);
    const nowMs = tools.clock.monotonic();
    if (alarms > 0 && nowMs - toldMs < REMIND_MS) return;
    const wanted = channel.detector.temperatureC;
    await tell(tools, 'AlarmRaised', {
      key: `cooling.${channel.alias}`,
      severity: 'WARNING',
      sentence: `The detector of ${channel.alias} is at ${temperatureC.toFixed(1)} °C instead of ${wanted} °C: its images are marked as warm.`,
      count: alarms + 1,
    });
    this.#remember(channel, { alarms: alarms + 1, toldMs: nowMs });
  }

  async #clear(tools: ObservingTools, channel: Channel): Promise<void> {
    if (this.#memory(channel).alarms === 0) return;
    this.#remember(channel, { alarms: 0 });
    const key = `cooling.${channel.alias}`;
    const sentence = `The detector of ${channel.alias} is no longer too warm for the night.`;
    await tell(tools, 'AlarmCleared', { key, sentence });
  }
}

/** The calibrations of the dawn are looked up only when it depends on them. */
async function wishNow({ unit, clock, database }: ObservingTools): Promise<CoolingWish> {
  const nowMs = clock.now();
  const wish = coolingWish(unit, { nowMs, isDawnDone: true });
  if (wish === coolingWish(unit, { nowMs, isDawnDone: false })) return wish;
  const ended = await lastFact(database, 'CalibrationsEnded');
  const isDawn = ended?.payload.moment === 'dawn';
  const isTonight = isDawn && ended.payload.night === nightId(nowMs, unit.site.lonDeg);
  // Those under an open dome come first; the darks are owed until the others have ended too.
  const isDawnDone = isTonight && coolingEndsAfter(unit, parseIso(ended.at));
  return coolingWish(unit, { nowMs, isDawnDone });
}
