import { join } from 'node:path';
import type { Camera, RawFrame } from '#devices';
import { encodeFits } from '#fits';
import { PyrosError, sentenceOf } from '#platform';
import type { RaDec } from '#sky';
import type { Channel } from '#unit';
import { exposureCards } from '../fits-header.ts';
import { type StoredFile, storeImageFile } from '../image-file-store.ts';
import { type ObservingTools, tell } from '../observing-tools.ts';
import { takeFrame } from '../take-frame.ts';
import {
  type CalibrationExposure,
  calibrationsOfNight,
  endCalibration,
  insertCalibration,
} from './calibration-store.ts';
import type { CalibrationMoment } from './flat-exposure.ts';

/** A channel that calibrates. */
export interface CalibratingChannel {
  readonly channel: Channel;
  readonly camera: Camera;
}

/** What one image of it shall be. */
export interface FrameOrder {
  readonly kind: CalibrationExposure['kind'];
  readonly seconds: number;
  /** Absent: whatever is in the beam. */
  readonly filter?: string;
  /** Where the telescope looks; null: nowhere. */
  readonly pointing: RaDec | null;
  /** Why the image does not count; null: it does. */
  readonly faultOf: (frame: RawFrame) => string | null;
}

/**
 * Takes calibration images of one night and moment: each has its row before its shutter moves, its
 * file, and one end.
 */
export class FrameRecorder {
  readonly #tools: ObservingTools;
  readonly #occasion: { readonly night: string; readonly moment: CalibrationMoment };
  readonly #signal: AbortSignal;
  #begun = 0;
  #taken = 0;

  constructor(
    tools: ObservingTools,
    occasion: { readonly night: string; readonly moment: CalibrationMoment },
    signal: AbortSignal,
  ) {
    this.#tools = tools;
    this.#occasion = occasion;
    this.#signal = signal;
  }

  /** How many were taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Ends what an earlier life of the observer left, so that no name is used twice. */
  async prepare(): Promise<void> {
    const tried = await calibrationsOfNight(this.#tools.database, this.#occasion.night);
    this.#begun = tried.length;
    const left = tried.filter(({ state }) => state === 'EXPOSING');
    if (left.length === 0) return;
    const reason = 'the observer died meanwhile';
    await this.#tools.transact(async (work) => {
      for (const { exposureId } of left) {
        await endCalibration(work, { exposureId, state: 'FAILED', reason });
      }
    });
  }

  /** Takes one; gives the image. Rejects as `takeFrame` does, once its row has its end. */
  async take(of: CalibratingChannel, order: FrameOrder): Promise<RawFrame> {
    const { channel, camera } = of;
    const { kind, seconds } = order;
    this.#begun++;
    const { night, moment } = this.#occasion;
    const exposureId = `${night}-${kind}-${channel.alias}-${this.#begun}`;
    const filter = order.filter ?? (await camera.status()).filter ?? '';
    const terms = { exposureId, kind, moment, night, channel: channel.alias, filter, seconds };
    const atMs = this.#tools.clock.now();
    await this.#tools.transact((work) => insertCalibration(work, terms, atMs));
    try {
      const shutter = kind === 'flat' ? 'open' : 'closed';
      const frame = await takeFrame(this.#tools, {
        ...{ channel, camera, exposureId, seconds, shutter, signal: this.#signal },
        ...(order.filter !== undefined && { filter: order.filter }),
      });
      const fault = order.faultOf(frame);
      if (fault === null) await this.#keep(of, { order, frame, terms });
      else await this.#end(exposureId, 'FAILED', fault);
      return frame;
    } catch (error) {
      const state = this.#signal.aborted ? 'ABORTED' : 'FAILED';
      await this.#end(exposureId, state, sentenceOf(error));
      throw error;
    }
  }

  async #end(exposureId: string, state: 'ABORTED' | 'FAILED', reason: string): Promise<void> {
    if (this.#tools.isStopping()) return;
    await this.#tools.transact((work) => endCalibration(work, { exposureId, state, reason }));
  }

  async #keep(
    { channel }: CalibratingChannel,
    taken: { order: FrameOrder; frame: RawFrame; terms: CalibrationExposure },
  ): Promise<void> {
    const { frame, terms } = taken;
    const { exposureId, kind } = terms;
    const file = this.#write(channel, taken);
    const { startMs, filter, seconds } = frame;
    const { path, sha256 } = file;
    await this.#tools.transact(async (work) => {
      const end = { exposureId, state: 'TAKEN', file: { ...file, startMs } } as const;
      if (!(await endCalibration(work, end))) return;
      const what = { exposureId, kind, channel: channel.alias, filter, seconds };
      await work.fact('CalibrationTaken', { ...what, path, sha256 });
    });
    this.#taken++;
  }

  #write(
    channel: Channel,
    { order, frame, terms }: { order: FrameOrder; frame: RawFrame; terms: CalibrationExposure },
  ): StoredFile {
    const { unit, clock, version, dataFolder } = this.#tools;
    const [mount] = unit.mounts;
    if (!mount) throw new PyrosError('UNIT_INCOMPLETE', 'The unit has no mount.');
    const cards = exposureCards({
      ...{ frame, mount, channel, version },
      imageType: terms.kind,
      site: unit.site,
      unit: unit.unit.alias,
      pointing: order.pointing,
      target: null,
      observer: null,
      program: null,
      requestId: null,
      sequenceId: null,
      albumId: null,
      planId: null,
      weather: null,
      writtenMs: clock.now(),
    });
    const { width, height, pixels } = frame;
    const name = `${terms.exposureId}_${frame.filter}.fits`;
    const path = join('nights', terms.night, 'calibrations', name);
    return storeImageFile(dataFolder, path, encodeFits({ width, height, pixels }, cards));
  }

  /** Tells that a channel gives up. */
  async tellGivenUp({ alias }: Channel, error: unknown): Promise<void> {
    const code = error instanceof PyrosError ? error.code : 'UNEXPECTED';
    await tell(this.#tools, 'DeviceFailed', { device: alias, code, reason: sentenceOf(error) });
  }
}
