import type { Camera, RawFrame } from '#devices';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import type { Channel } from '#unit';
import { attachFile, endExposure } from '../execution-store.ts';
import { storeExposure } from '../exposure-file-store.ts';
import type { ImageFlag } from '../observing-steps.ts';
import { type Observation, type ObservingTools, tellDeviceFailure } from '../observing-tools.ts';
import type { PlannedExposure } from '../sequence-run.ts';
import { waitUntil } from '../wait-until.ts';
import { faultOfFrame } from './frame-fault.ts';
import { exposuresRule, isInterruption } from './interruption.ts';
import { promptly } from './promptly.ts';

/** A camera is not waited for longer when the telescope has to leave, seconds. */
const PROMPT_SECONDS = 1;
/** What a read-out may need beyond its own time, seconds. */
const READOUT_MARGIN_SECONDS = 20;
/** A reset camera starts its electronics anew, seconds. */
const RESET_SECONDS = 10;

/** The one end of each exposure of a channel: its row, its file, and what is told of it. */
export class ExposureKeeper {
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

  /** The image of an ended exposure, or a PyrosError `FRAME_BAD` when it is not what was asked for. */
  async fetch(exposure: PlannedExposure): Promise<RawFrame> {
    const frame = await this.#camera.readout(exposure.exposureId);
    this.#assertGood(frame, exposure, exposure.seconds);
    return frame;
  }

  /** TAKEN: the file first, then row and fact together. */
  async take(
    exposure: PlannedExposure,
    frame: RawFrame,
    flags: readonly ImageFlag[],
  ): Promise<void> {
    const { id: sequenceId } = this.#observation.sequence;
    const stored = await this.#storeFile(exposure, frame, flags);
    const { exposureId, channel } = exposure;
    await this.#tools.transact(async (work) => {
      const file = { ...stored.file, startMs: frame.startMs };
      if (!(await endExposure(work, { exposureId, state: 'TAKEN', flags, file }))) return;
      await work.fact('ImageTaken', {
        imageId: stored.imageId,
        exposureId,
        sequenceId,
        ...(flags.length > 0 && { flags }),
        channel,
        filter: frame.filter,
        seconds: frame.seconds,
        startAt: new Date(frame.startMs).toISOString(),
        path: stored.file.path,
        sha256: stored.file.sha256,
        altDeg: stored.altDeg,
      });
    });
  }

  /**
   * ABORTED by decision or by the sky, FAILED by a device. What was exposed until then is read out where
   * the rule and the camera allow it, behind the telescope's back: it keeps its file, and counts for nothing.
   */
  async lose(
    exposure: PlannedExposure,
    error: unknown,
    flags: readonly ImageFlag[],
  ): Promise<void> {
    if (this.#tools.isStopping()) return;
    const { signal } = this.#observation;
    const isOurFault = !signal.aborted && !isInterruption(error) && codeOf(error) !== 'SLIT_AWAY';
    const isCut = exposuresRule(error) === 'readout' && (await this.#stop(exposure));
    if (!isCut) await this.#drop(error);
    const lost = await this.#tellLost(exposure, isOurFault ? 'FAILED' : 'ABORTED', error);
    if (!lost || !isCut) return;
    const kept: ImageFlag[] = [...flags, 'cut'];
    this.#tools.keptFrames.keep(this.#channel.alias, () => this.#keep(exposure, kept));
  }

  async #storeFile(exposure: PlannedExposure, frame: RawFrame, flags: readonly ImageFlag[]) {
    const parts = { exposure, frame, channel: this.#channel, camera: this.#camera, flags };
    return await storeExposure(this.#tools, this.#observation, parts);
  }

  #assertGood(frame: RawFrame, { exposureId, filter }: PlannedExposure, seconds: number | null) {
    const { width, height } = this.#channel.detector;
    const fault = faultOfFrame(frame, { exposureId, width, height, filter, seconds });
    if (!fault) return;
    const { alias } = this.#channel;
    throw new PyrosError('FRAME_BAD', `${alias} gave no good image of ${exposureId}: ${fault}`);
  }

  async #tellLost(
    { exposureId, channel }: PlannedExposure,
    state: 'ABORTED' | 'FAILED',
    error: unknown,
  ): Promise<boolean> {
    const reason = sentenceOf(error);
    const sequenceId = this.#observation.sequence.id;
    return await this.#tools.transact(async (work) => {
      if (!(await endExposure(work, { exposureId, state, reason }))) return false;
      await work.fact('ExposureLost', { exposureId, sequenceId, channel, state, reason });
      return true;
    });
  }

  /** Shuts the shutter of that exposure; false where the camera cannot, or holds another one. */
  async #stop({ exposureId }: PlannedExposure): Promise<boolean> {
    return await promptly(this.#tools.clock, PROMPT_SECONDS, async () => {
      const status = await this.#camera.status();
      if (status.exposureId !== exposureId) {
        throw new PyrosError('EXPOSURE_LOST', 'The camera holds another exposure.');
      }
      await this.#camera.stop();
    });
  }

  /** A camera that hung is started over, or its next exposure would hang too (hazard F24). */
  async #drop(error: unknown): Promise<void> {
    const { clock } = this.#tools;
    await promptly(clock, PROMPT_SECONDS, () => this.#camera.abort());
    if (codeOf(error) !== 'DEVICE_TIMEOUT') return;
    await promptly(clock, RESET_SECONDS, () => this.#camera.reset());
  }

  async #keep(exposure: PlannedExposure, flags: readonly ImageFlag[]): Promise<void> {
    try {
      await this.#waitForReadout();
      const frame = await this.#camera.readout(exposure.exposureId);
      this.#assertGood(frame, exposure, null);
      const { file } = await this.#storeFile(exposure, frame, flags);
      const { exposureId } = exposure;
      const kept = { ...file, startMs: frame.startMs, seconds: frame.seconds };
      await this.#tools.transact((work) => attachFile(work, { exposureId, flags, file: kept }));
    } catch (error) {
      if (this.#tools.isStopping()) return;
      await tellDeviceFailure(this.#tools, this.#channel.alias, error);
    }
  }

  async #waitForReadout(): Promise<void> {
    await waitUntil({
      clock: this.#tools.clock,
      timeoutSeconds: this.#channel.detector.readoutSeconds + READOUT_MARGIN_SECONDS,
      what: `The read-out of ${this.#channel.alias}`,
      look: async () => {
        const { activity } = await this.#camera.status();
        if (activity === 'ready') return { done: true, value: undefined };
        if (activity === 'exposing' || activity === 'reading') return { done: false };
        throw new PyrosError('EXPOSURE_LOST', `The camera is ${activity} without an image.`);
      },
    });
  }
}
