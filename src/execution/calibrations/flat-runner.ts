import type { RawFrame } from '#devices';
import { PyrosError } from '#platform';
import type { RaDec } from '#sky';
import type { CalibrationsSpec, Channel } from '#unit';
import type { ObservingTools } from '../observing-tools.ts';
import { takeFrame } from '../take-frame.ts';
import { calibrationsOfNight } from './calibration-store.ts';
import {
  type CalibrationMoment,
  type FlatLevel,
  type FlatSpec,
  flatFault,
  flatOrder,
  medianOf,
  nextFlat,
} from './flat-exposure.ts';
import type { CalibratingChannel, FrameRecorder } from './frame-recorder-store.ts';
import { owedFlats } from './owed-frames.ts';

type Filter = Channel['filters'][number];

/** Between two looks at a sky that is not right yet, seconds. */
const LOOK_SECONDS = 20;
/** Flats of one filter that do not count, before it is given up. */
const MOST_FAULTS = 5;

/** What flats are taken with. */
export interface FlatParts {
  readonly tools: ObservingTools;
  readonly recorder: FrameRecorder;
  readonly calibrations: CalibrationsSpec & { readonly flats: FlatSpec };
  readonly occasion: { readonly night: string; readonly moment: CalibrationMoment };
  /** No flat is begun that would end later, UTC ms. */
  readonly untilMs: number;
  /** Moves the telescope a little, so that no star falls twice on the same pixels. */
  readonly move: () => Promise<void>;
  /** Where the telescope was last sent. */
  readonly pointing: () => RaDec;
  readonly signal: AbortSignal;
}

/** The twilight flats of one channel, filter by filter as the sky is right for them. */
export class FlatRunner {
  readonly #parts: FlatParts;
  readonly #of: CalibratingChannel;

  constructor(parts: FlatParts, of: CalibratingChannel) {
    this.#parts = parts;
    this.#of = of;
  }

  /** Rejects when the camera fails, the dome is not open, or with the signal's reason. */
  async run(): Promise<void> {
    const { moment } = this.#parts.occasion;
    for (const filter of flatOrder(this.#of.channel.filters, moment))
      await this.#takeFilter(filter);
  }

  async #takeFilter(filter: Filter): Promise<void> {
    const { calibrations, occasion } = this.#parts;
    let left = await this.#owed(filter);
    if (left === 0) return;
    let level = await this.#look(filter);
    for (let faults = 0; left > 0 && level !== null; ) {
      const step = nextFlat(calibrations.flats, occasion.moment, level);
      if (step.kind === 'over') return;
      if (step.kind === 'wait') {
        if (!(await this.#pause())) return;
        level = await this.#look(filter);
        continue;
      }
      const taken = await this.#take(filter, step.seconds);
      if (taken === null) return;
      level = taken.level;
      if (taken.counts) left--;
      else if (++faults >= MOST_FAULTS) return;
    }
  }

  async #owed({ name: filter }: Filter): Promise<number> {
    const { tools, calibrations, occasion } = this.#parts;
    const tried = await calibrationsOfNight(tools.database, occasion.night);
    const own = tried.filter(({ channel }) => channel === this.#of.channel.alias);
    return owedFlats(calibrations, { filter, moment: occasion.moment }, own);
  }

  /** False when there is no time for another look. */
  async #pause(): Promise<boolean> {
    const { tools, signal } = this.#parts;
    if (!this.#hasRoom(LOOK_SECONDS)) return false;
    await tools.clock.sleep(LOOK_SECONDS, signal);
    return true;
  }

  #hasRoom(seconds: number): boolean {
    const { tools, untilMs } = this.#parts;
    const lastsMs = 1000 * (seconds + this.#of.channel.detector.readoutSeconds);
    return tools.clock.now() + lastsMs <= untilMs;
  }

  /** A short image that only tells how bright the sky is; null: there is no time for it. */
  async #look({ name: filter }: Filter): Promise<FlatLevel | null> {
    const { tools, calibrations, signal } = this.#parts;
    const seconds = calibrations.flats.leastSeconds;
    if (!this.#hasRoom(seconds + this.#of.channel.wheelSeconds)) return null;
    await this.#proveOpen();
    const { channel, camera } = this.#of;
    const exposureId = `sky-${channel.alias}-${Math.round(tools.clock.now())}`;
    const shutter = 'open';
    const wish = { channel, camera, exposureId, seconds, shutter, filter, signal } as const;
    return this.#levelOf(await takeFrame(tools, wish));
  }

  async #take(
    filter: Filter,
    seconds: number,
  ): Promise<{ readonly level: FlatLevel; readonly counts: boolean } | null> {
    if (!this.#hasRoom(seconds)) return null;
    const { recorder, calibrations, move, pointing } = this.#parts;
    await this.#proveOpen();
    await move();
    let fault: string | null = null;
    const frame = await recorder.take(this.#of, {
      kind: 'flat',
      seconds,
      filter: filter.name,
      pointing: pointing(),
      faultOf: (taken) => {
        fault = flatFault(
          calibrations.flats,
          this.#levelOf(taken),
          this.#of.channel.detector.biasAdu,
        );
        return fault;
      },
    });
    return { level: this.#levelOf(frame), counts: fault === null };
  }

  #levelOf({ pixels, seconds }: RawFrame): FlatLevel {
    return { seconds, adu: medianOf(pixels) - this.#of.channel.detector.biasAdu };
  }

  async #proveOpen(): Promise<void> {
    const { shutter } = await this.#parts.tools.dome.status();
    if (shutter === 'open') return;
    throw new PyrosError('DOME_NOT_OPEN', `The dome is ${shutter}: there is no sky for flats.`);
  }
}
