import { nightHours } from '#planning';
import { codeOf, sentenceOf } from '#platform';
import { nightId, type RaDec } from '#sky';
import { type ObservingTools, tell } from '../observing-tools.ts';
import { movedBy } from '../pointing/aim.ts';
import { ditherOffset } from '../pointing/dither.ts';
import { moveTelescope } from '../pointing/move-telescope.ts';
import { waitUntil } from '../wait-until.ts';
import { calibrationsOfNight } from './calibration-store.ts';
import type { CalibrationMoment } from './flat-exposure.ts';
import { flatPlace } from './flat-place.ts';
import { FlatRunner } from './flat-runner.ts';
import { type CalibratingChannel, FrameRecorder } from './frame-recorder-store.ts';
import { owedFrames } from './owed-frames.ts';

/** How far the telescope is moved between two flats, arcseconds. */
const STEP_ARCSEC = 60;
/** A slew over the whole sky, seconds. */
const SLEW_SECONDS = 300;
/** The flats of the dawn end so long before the dome must be closed, milliseconds. */
const BEFORE_CLOSING_MS = 60_000;

/**
 * Calibrates a night: with the dome open the flats of the twilight sky; with the dome closed,
 * at dawn, darks and biases. What is taken already is not taken again, so that it may be asked for
 * twice, once for each.
 */
export class CalibrationRunner {
  readonly #tools: ObservingTools;
  readonly #moment: CalibrationMoment;
  readonly #signal: AbortSignal;
  readonly #night: string;
  readonly #recorder: FrameRecorder;
  readonly #troubles: string[] = [];
  #place: RaDec = { raDeg: 0, decDeg: 0 };
  #moves = 0;

  constructor(tools: ObservingTools, moment: CalibrationMoment, signal: AbortSignal) {
    this.#tools = tools;
    this.#moment = moment;
    this.#signal = signal;
    this.#night = nightId(tools.clock.now(), tools.unit.site.lonDeg);
    this.#recorder = new FrameRecorder(tools, { night: this.#night, moment }, signal);
  }

  /** Resolves with a sentence; rejects with the signal's reason, once its end is told. */
  async run(): Promise<string> {
    const occasion = { moment: this.#moment, night: this.#night };
    await this.#recorder.prepare();
    await tell(this.#tools, 'CalibrationsStarted', occasion);
    try {
      const { shutter } = await this.#tools.dome.status();
      if (shutter === 'open') await this.#flats();
      else if (shutter === 'closed' && this.#moment === 'dawn') await this.#closedFrames();
      else this.#troubles.push(`the dome is ${shutter}`);
    } catch (error) {
      this.#troubles.push(sentenceOf(error));
      if (this.#signal.aborted) throw error;
    } finally {
      if (!this.#tools.isStopping()) await this.#tellEnd(occasion);
    }
    return `${this.#recorder.taken} images for calibration`;
  }

  async #tellEnd(occasion: { moment: CalibrationMoment; night: string }): Promise<void> {
    const images = this.#recorder.taken;
    const reason = [...new Set(this.#troubles)].join('; ');
    await tell(this.#tools, 'CalibrationsEnded', { ...occasion, images, reason });
  }

  async #flats(): Promise<void> {
    const { unit, clock } = this.#tools;
    const { flats } = unit.calibrations;
    const untilMs = this.#flatsEndMs();
    if (!flats || untilMs === null || clock.now() >= untilMs) return;
    await this.#slewToFlatPlace();
    const parts = {
      tools: this.#tools,
      recorder: this.#recorder,
      calibrations: { ...unit.calibrations, flats },
      occasion: { night: this.#night, moment: this.#moment },
      untilMs,
      move: () => this.#move(),
      pointing: () => this.#place,
      signal: this.#signal,
    };
    await this.#onAllChannels((one) => new FlatRunner(parts, one).run());
  }

  /** The science must not wait at dusk, nor the dome at dawn. */
  #flatsEndMs(): number | null {
    const { dark, closeMs } = nightHours(this.#tools.unit, this.#night);
    if (this.#moment === 'dusk') return dark?.startMs ?? closeMs;
    return closeMs === null ? null : closeMs - BEFORE_CLOSING_MS;
  }

  async #slewToFlatPlace(): Promise<void> {
    const { telescope, dome, unit, clock } = this.#tools;
    const { raDeg, decDeg, azDeg } = flatPlace(unit.site, clock.now());
    this.#place = { raDeg, decDeg };
    await telescope.goto(this.#place);
    await dome.turn(azDeg);
    await waitUntil({
      clock,
      signal: this.#signal,
      timeoutSeconds: SLEW_SECONDS,
      what: 'The slew to the place of the flats',
      look: async () => {
        const [mount, { rotating }] = await Promise.all([telescope.status(), dome.status()]);
        if (mount.motion === 'tracking' && !rotating) return { done: true, value: undefined };
        return { done: false };
      },
    });
  }

  /** Also while another channel exposes: in a flat, a trailed star is only spread thinner. */
  async #move(): Promise<void> {
    this.#moves++;
    const place = movedBy(this.#place, ditherOffset(STEP_ARCSEC, this.#moves));
    await moveTelescope(this.#tools, place, this.#signal);
  }

  async #closedFrames(): Promise<void> {
    const { unit, database } = this.#tools;
    const tried = await calibrationsOfNight(database, this.#night);
    await this.#onAllChannels(async (one) => {
      const { alias } = one.channel;
      const own = tried.filter(({ channel }) => channel === alias);
      for (const { kind, seconds, images } of owedFrames(unit.calibrations, own)) {
        for (let taken = 0; taken < images; taken++) {
          const order = { kind, seconds, pointing: null, faultOf: () => null };
          await this.#recorder.take(one, order);
        }
      }
    });
  }

  /** Channels work at the same time; one that fails does not end the others. */
  async #onAllChannels(work: (one: CalibratingChannel) => Promise<void>): Promise<void> {
    const channels = this.#tools.unit.channels.flatMap((channel) => {
      const camera = this.#tools.cameras.get(channel.alias);
      return camera ? [{ channel, camera }] : [];
    });
    await Promise.all(
      channels.map(async (one) => {
        try {
          // An exposure that was left by an earlier life of the observer.
          await one.camera.abort();
          await work(one);
        } catch (error) {
          if (this.#signal.aborted) throw error;
          this.#troubles.push(`${one.channel.alias}: ${sentenceOf(error)}`);
          if (codeOf(error) === 'DOME_NOT_OPEN') return;
          await this.#recorder.tellGivenUp(one.channel, error);
        }
      }),
    );
  }
}
