import type { DomeStatus, TelescopeStatus } from '#devices';
import { sentenceOf } from '#platform';
import { altAz } from '#sky';
import { type Observation, type ObservingTools, tell } from '../observing-tools.ts';
import { waitUntil } from '../wait-until.ts';
import { slitOffsetDeg } from './slit-offset.ts';

/** What a dome may need beyond half a turn, seconds. */
const MARGIN_SECONDS = 20;
const ALARM = 'dome slit';

/** Keeps the slit of the dome before the telescope, from one exposure to the next and during them. */
export class SlitKeeper {
  readonly #tools: ObservingTools;
  readonly #observation: Observation;
  #failures = 0;

  constructor(tools: ObservingTools, observation: Observation) {
    this.#tools = tools;
    this.#observation = observation;
  }

  /** It did not come the last time: exposures go on without it, flagged. */
  get isAway(): boolean {
    return this.#failures > 0;
  }

  /**
   * Brings the slit before the telescope for an exposure of so many seconds. False when it does not come:
   * then people are told, and the images are vignetted.
   */
  async bring(seconds: number): Promise<boolean> {
    const { dome, telescope } = this.#tools;
    const [slit, mount] = await Promise.all([dome.status(), telescope.status()]);
    if (this.#offset(slit, mount) > this.#toleranceDeg / 2) await this.#turn(seconds);
    if (this.#offset(slit, mount) <= this.#toleranceDeg) return await this.#isThere();
    try {
      await this.#wait();
      return await this.#isThere();
    } catch (error) {
      if (this.#observation.signal.aborted) throw error;
      return await this.#isNotThere(error);
    }
  }

  /** Turns it after the telescope while a shutter is open; its failures are seen by the next look. */
  async follow(slit: DomeStatus, mount: TelescopeStatus): Promise<void> {
    if (slit.rotating || this.#offset(slit, mount) <= this.#toleranceDeg / 2) return;
    await this.#turn(0);
  }

  get #toleranceDeg(): number {
    return this.#tools.unit.dome.slitToleranceDeg;
  }

  #offset(slit: DomeStatus, mount: TelescopeStatus): number {
    return slitOffsetDeg(slit.azimuthDeg, mount);
  }

  /** To where the telescope will look in the middle of the exposure. */
  async #turn(seconds: number): Promise<void> {
    const { clock, unit, dome } = this.#tools;
    const { azDeg } = altAz(this.#observation.sent(), unit.site, clock.now() + seconds * 500);
    // Where it cannot be told to turn, it may still come by itself, or by hand.
    await dome.turn(azDeg).catch(() => undefined);
  }

  async #wait(): Promise<void> {
    const { clock, unit, dome, telescope } = this.#tools;
    await waitUntil({
      clock,
      timeoutSeconds: 180 / unit.dome.turnDegPerSecond + MARGIN_SECONDS,
      what: 'Turning the dome',
      signal: this.#observation.signal,
      look: async () => {
        const [slit, mount] = await Promise.all([dome.status(), telescope.status()]);
        if (this.#offset(slit, mount) > this.#toleranceDeg) return { done: false };
        return { done: true, value: undefined };
      },
    });
  }

  async #isThere(): Promise<boolean> {
    if (this.#failures === 0) return true;
    this.#failures = 0;
    const sentence = 'The slit of the dome is before the telescope again.';
    await tell(this.#tools, 'AlarmCleared', { key: ALARM, sentence });
    return true;
  }

  async #isNotThere(error: unknown): Promise<boolean> {
    this.#failures++;
    await tell(this.#tools, 'AlarmRaised', {
      key: ALARM,
      severity: 'SERIOUS',
      sentence: `The slit of the dome does not come before the telescope: ${sentenceOf(error)}`,
      count: this.#failures,
    });
    return false;
  }
}
