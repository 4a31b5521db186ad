import type { Camera, Focuser } from '#devices';
import type { Channel } from '#unit';
import { type Observation, type ObservingTools, tell } from '../observing-tools.ts';
import { waitUntil } from '../wait-until.ts';
import { FOCUS_TOLERANCE_STEPS } from './frame-check.ts';
import { orAborted } from './promptly.ts';

/** What a device of a channel may need beyond its own time, seconds. */
const MARGIN_SECONDS = 20;

/** Brings a channel's parts where an exposure needs them, and waits until they are still (hazard F57). */
export class ChannelSetup {
  readonly #tools: ObservingTools;
  readonly #observation: Observation;
  readonly #channel: Channel;
  readonly #camera: Camera;

  constructor(
    tools: ObservingTools,
    observation: Observation,
    { channel, camera }: { channel: Channel; camera: Camera },
  ) {
    this.#tools = tools;
    this.#observation = observation;
    this.#channel = channel;
    this.#camera = camera;
  }

  get focuser(): Focuser | undefined {
    return this.#tools.focusers.get(this.#channel.alias);
  }

  /** Where the focuser belongs for a filter, steps. */
  focusOf(filter: string): number {
    const own = this.#channel.filters.find((one) => one.name === filter)?.focusSteps ?? 0;
    return (this.#channel.focuser?.zeroSteps ?? 0) + own;
  }

  /** Lets wheel and focuser go towards the first filter, while the telescope slews. */
  async begin(filter: string): Promise<void> {
    try {
      const { filter: before, activity } = await this.#camera.status();
      if (activity === 'idle' && before !== filter) await this.#camera.setFilter(filter);
      await this.#sendFocuser(filter);
    } catch {
      // Nothing is lost yet: the exposure asks again, and fails in its own name.
    }
  }

  /** What the camera still reads out for somebody else is waited for first. */
  async bring(filter: string): Promise<void> {
    const { signal } = this.#observation;
    await orAborted(signal, this.#tools.keptFrames.settled(this.#channel.alias));
    await Promise.all([this.#bringFilter(filter), this.#bringFocus(filter)]);
  }

  async #bringFilter(filter: string): Promise<void> {
    const before = await this.#camera.status();
    if (before.filter === filter && !before.wheelMoving && before.activity === 'idle') return;
    const began = this.#tools.clock.monotonic();
    const turns = before.filter !== filter && !before.wheelMoving;
    if (before.filter !== filter) await this.#camera.setFilter(filter);
    await waitUntil({
      clock: this.#tools.clock,
      timeoutSeconds: this.#channel.wheelSeconds + MARGIN_SECONDS,
      what: `The filter wheel of ${this.#channel.alias}`,
      signal: this.#observation.signal,
      look: async () => {
        const status = await this.#camera.status();
        const ready = !status.wheelMoving && status.filter === filter;
        return ready && status.activity !== 'exposing' && status.activity !== 'reading'
          ? { done: true, value: undefined }
          : { done: false };
      },
    });
    if (!turns) return;
    const { wheelSeconds: plannedSeconds } = this.#channel;
    const seconds = (this.#tools.clock.monotonic() - began) / 1000;
    await tell(this.#tools, 'OverheadMeasured', { kind: 'wheel', seconds, plannedSeconds });
  }

  async #sendFocuser(filter: string): Promise<boolean> {
    const { focuser } = this;
    if (!focuser) return false;
    const { steps, moving } = await focuser.status();
    const wanted = this.focusOf(filter);
    if (Math.abs(steps - wanted) <= FOCUS_TOLERANCE_STEPS) return moving;
    await focuser.move(wanted);
    return true;
  }

  async #bringFocus(filter: string): Promise<void> {
    const { focuser } = this;
    if (!focuser || !(await this.#sendFocuser(filter))) return;
    const spec = this.#channel.focuser;
    const travel = spec ? (spec.maxSteps - spec.minSteps) / spec.stepsPerSecond : 0;
    const wanted = this.focusOf(filter);
    await waitUntil({
      clock: this.#tools.clock,
      timeoutSeconds: travel + MARGIN_SECONDS,
      what: `The focuser of ${this.#channel.alias}`,
      signal: this.#observation.signal,
      look: async () => {
        const { steps, moving } = await focuser.status();
        const isThere = !moving && Math.abs(steps - wanted) <= FOCUS_TOLERANCE_STEPS;
        return isThere ? { done: true, value: undefined } : { done: false };
      },
    });
  }
}
