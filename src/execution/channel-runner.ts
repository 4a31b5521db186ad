import type { Camera, RawFrame } from '#devices';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import { altAz } from '#sky';
import type { Channel } from '#unit';
import { endExposure, insertExposure, triedExposures } from './execution-store.ts';
import { storeExposure } from './exposure-file-store.ts';
import { type Observation, type ObservingTools, tellDeviceFailure } from './observing-tools.ts';
import type { Rendezvous } from './rendezvous.ts';
import {
  type ChannelRun,
  nextTry,
  type PlannedExposure,
  TRIES_PER_EXPOSURE,
} from './sequence-run.ts';
import { waitUntil } from './wait-until.ts';

/** What a camera may need beyond exposure and read-out, seconds. */
const CAMERA_MARGIN_SECONDS = 20;
/** What goes wrong once may be a passing trouble: the next try waits, seconds. */
const RETRY_SECONDS = 5;
/** Another try of the same image would meet the same obstacle: it ends the whole sequence. */
const LASTING: ReadonlySet<string> = new Set(['DOME_NOT_OPEN', 'TARGET_LOW']);

/** One channel's part of a sequence: its exposures one after the other, each with one end. */
export class ChannelRunner {
  readonly #tools: ObservingTools;
  readonly #observation: Observation;
  readonly #rendezvous: Rendezvous;
  readonly #channel: Channel;
  readonly #camera: Camera;

  constructor(
    tools: ObservingTools,
    observation: Observation,
    parts: { rendezvous: Rendezvous; channel: Channel; camera: Camera },
  ) {
    this.#tools = tools;
    this.#observation = observation;
    this.#rendezvous = parts.rendezvous;
    this.#channel = parts.channel;
    this.#camera = parts.camera;
  }

  /**
   * Takes what the run owes. A camera that fails ends its own channel only; an abort, a closed dome,
   * a target too low, or a telescope that does not follow it, ends all.
   */
  async observe(run: ChannelRun): Promise<void> {
    try {
      for (const exposure of run.exposures) {
        await this.#rendezvous.arrive();
        if (this.#endsTooLate(exposure) || !(await this.#takeWithTries(exposure))) return;
      }
    } finally {
      await this.#rendezvous.leave();
    }
  }

  /** Lets the wheel turn towards the first filter, while the telescope slews. */
  async prepare(run: ChannelRun): Promise<void> {
    const [first] = run.exposures;
    if (!first) return;
    try {
      const { filter, activity } = await this.#camera.status();
      if (activity === 'idle' && filter !== first.filter)
        await this.#camera.setFilter(first.filter);
    } catch {
      // Nothing is lost yet: the exposure asks again, and fails in its own name.
    }
  }

  #endsTooLate({ seconds }: PlannedExposure): boolean {
    const lastsMs = (seconds + this.#channel.detector.readoutSeconds) * 1000;
    return this.#tools.clock.now() + lastsMs > this.#observation.untilMs;
  }

  /** False when the channel must give up, which is then told. */
  async #takeWithTries(first: PlannedExposure): Promise<boolean> {
    const { clock } = this.#tools;
    let exposure = first;
    for (let tries = 1; ; tries++) {
      try {
        await this.#take(exposure);
        return true;
      } catch (error) {
        if (this.#observation.signal.aborted || LASTING.has(codeOf(error))) throw error;
        if (tries === TRIES_PER_EXPOSURE) {
          const { alias: device } = this.#channel;
          await tellDeviceFailure(this.#tools, device, error);
          return false;
        }
        await clock.sleep(clock.period(RETRY_SECONDS), this.#observation.signal);
        exposure = nextTry(this.#observation.sequence.id, exposure);
      }
    }
  }

  async #take(exposure: PlannedExposure): Promise<void> {
    this.#observation.signal.throwIfAborted();
    try {
      const underWay = await this.#isUnderWay(exposure);
      if (!underWay) await this.#start(exposure);
      await this.#waitForImage(exposure);
      await this.#store(exposure, await this.#camera.readout(exposure.exposureId));
    } catch (error) {
      await this.#lose(exposure, error);
      throw error;
    }
  }

  /** After a death of the observer: the camera is asked, never told again blindly. */
  async #isUnderWay(exposure: PlannedExposure): Promise<boolean> {
    const tried = await triedExposures(this.#tools.database, this.#observation.sequence.id);
    const known = tried.find((one) => one.exposureId === exposure.exposureId);
    if (known?.state !== 'EXPOSING') return false;
    const status = await this.#camera.status();
    if (status.exposureId === exposure.exposureId) return true;
    throw new PyrosError('EXPOSURE_LOST', 'The camera no longer holds the exposure.');
  }

  async #start(exposure: PlannedExposure): Promise<void> {
    const { clock } = this.#tools;
    await this.#bringFilter(exposure.filter);
    await this.#checkSky(exposure);
    const { exposureId, channel, filter, seconds } = exposure;
    const sequenceId = this.#observation.sequence.id;
    const row = { ...exposure, sequenceId, night: this.#observation.night, atMs: clock.now() };
    await this.#tools.transact(async (work) => {
      await insertExposure(work, row);
      await work.fact('ExposureStarted', { exposureId, sequenceId, channel, filter, seconds });
    });
    await this.#camera.expose({ exposureId, seconds, shutter: 'open' });
  }

  /** No exposure unless the asked filter is in the beam and still (hazard F57). */
  async #bringFilter(filter: string): Promise<void> {
    const before = await this.#camera.status();
    if (before.filter === filter && !before.wheelMoving && before.activity === 'idle') return;
    if (before.filter !== filter) await this.#camera.setFilter(filter);
    await waitUntil({
      clock: this.#tools.clock,
      timeoutSeconds: this.#channel.wheelSeconds + CAMERA_MARGIN_SECONDS,
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
  }

  /** The dome must be proved open, and the target stay above the mount's limit to the end. */
  async #checkSky(exposure: PlannedExposure): Promise<void> {
    const { unit, clock, dome } = this.#tools;
    const { shutter } = await dome.status();
    if (shutter !== 'open') {
      throw new PyrosError('DOME_NOT_OPEN', `The dome is ${shutter}: nothing can be exposed.`);
    }
    const endMs = clock.now() + exposure.seconds * 1000;
    const { altDeg } = altAz(this.#observation.target(), unit.site, endMs);
    const minAltDeg = unit.mounts[0]?.minAltDeg ?? 0;
    if (altDeg < minAltDeg) {
      throw new PyrosError('TARGET_LOW', `The target sinks below ${minAltDeg}° before the end.`);
    }
  }

  async #waitForImage(exposure: PlannedExposure): Promise<void> {
    const { readoutSeconds } = this.#channel.detector;
    await waitUntil({
      clock: this.#tools.clock,
      timeoutSeconds: exposure.seconds + readoutSeconds + CAMERA_MARGIN_SECONDS,
      what: `The exposure on ${this.#channel.alias}`,
      signal: this.#observation.signal,
      look: async () => {
        const { activity, remainingSeconds } = await this.#camera.status();
        if (activity === 'ready') return { done: true, value: undefined };
        if (activity !== 'exposing' && activity !== 'reading') {
          throw new PyrosError('EXPOSURE_LOST', `The camera is ${activity} without an image.`);
        }
        // The read-out follows at once: one look after both is enough.
        const exposing = activity === 'exposing';
        return {
          done: false,
          ...(exposing && { remainingSeconds: remainingSeconds + readoutSeconds }),
        };
      },
    });
  }

  async #store(exposure: PlannedExposure, frame: RawFrame): Promise<void> {
    const { id: sequenceId } = this.#observation.sequence;
    const channel = this.#channel;
    const stored = await storeExposure(this.#tools, this.#observation, {
      exposure,
      frame,
      channel,
    });
    await this.#tools.transact(async (work) => {
      const { exposureId } = exposure;
      const file = { ...stored.file, startMs: frame.startMs };
      if (!(await endExposure(work, { exposureId, state: 'TAKEN', file }))) return;
      await work.fact('ImageTaken', {
        imageId: stored.imageId,
        exposureId,
        sequenceId,
        channel: exposure.channel,
        filter: frame.filter,
        seconds: frame.seconds,
        startAt: new Date(frame.startMs).toISOString(),
        path: stored.file.path,
        sha256: stored.file.sha256,
        altDeg: stored.altDeg,
      });
    });
  }

  /** Aborted by decision, or failed: either way the exposure has its one end. */
  async #lose(exposure: PlannedExposure, error: unknown): Promise<void> {
    if (this.#tools.isStopping()) return;
    const aborted = this.#observation.signal.aborted;
    await this.#camera.abort().catch(() => undefined);
    const state = aborted ? 'ABORTED' : 'FAILED';
    const { exposureId, channel } = exposure;
    const reason = sentenceOf(error);
    await this.#tools.transact(async (work) => {
      if (!(await endExposure(work, { exposureId, state, reason }))) return;
      const sequenceId = this.#observation.sequence.id;
      await work.fact('ExposureLost', { exposureId, sequenceId, channel, state, reason });
    });
  }
}
