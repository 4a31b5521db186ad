import { type Clock, hash32, sentenceOf } from '#platform';
import type { Channel } from '#unit';
import { errorReply, imageReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, numbers } from '../link/request-table.ts';
import { type Transient, transientMagnitude } from '../transient.ts';
import {
  abortExposure,
  type CameraOutcome,
  type CameraState,
  cameraStatus,
  fetchExposure,
  idleCamera,
  startExposure,
  type TakenExposure,
  turnWheel,
} from './camera-model.ts';
import { DARKNESS, type ExposureLight, exposureLight, type LightPath } from './light-path.ts';
import { pixelsToBytes } from './pixel-bytes.ts';
import type { FieldRequest } from './star-field.ts';

/** What a simulated camera needs besides its specification. */
export interface CameraSimulatorDeps {
  readonly clock: Clock;
  readonly light: LightPath;
  /** Draws what the detector sees. */
  readonly draw: (request: FieldRequest) => Uint16Array;
  /** Decides the sky (shared by the cameras of a unit) and, with the exposure's name, the noise. */
  readonly seed: number;
  /** Full width of a star's image at an instant (UTC ms), arcseconds. */
  readonly seeingAt: (ms: number) => number;
  readonly transients: readonly Transient[];
  /** Told, in one sentence, when the light path cannot be followed. */
  readonly log: (sentence: string) => void;
}

/** A camera and its filter wheel on the line protocol. */
export class CameraSimulator implements Endpoint {
  readonly #spec: Channel;
  readonly #deps: CameraSimulatorDeps;
  #state: CameraState;
  #light: Promise<ExposureLight> = Promise.resolve(DARKNESS);
  #shutter = new AbortController();

  constructor(spec: Channel, deps: CameraSimulatorDeps) {
    const [first] = spec.filters;
    if (!first) throw new RangeError('a camera needs one filter at least');
    this.#spec = spec;
    this.#deps = deps;
    this.#state = idleCamera(first, deps.clock.now());
  }

  handle(text: string): Promise<Reply> {
    const now = this.#deps.clock.now();
    return answer(
      {
        'GET STATUS': () => okReply(cameraStatus(this.#spec, this.#state, now)),
        'SET FILTER': (name) =>
          this.#take(turnWheel(this.#spec, this.#state, { name, nowMs: now })),
        'DO EXPOSE': (argument) => this.#expose(argument, now),
        'DO ABORT': () => this.#abort(now),
        'GET IMAGE': (exposureId) => this.#image(exposureId, now),
      },
      text,
    );
  }

  /** Stops its own timers and lets go of the light path. */
  stop(): void {
    this.#shutter.abort();
    void this.#deps.light.close();
  }

  #expose(argument: string, nowMs: number): Reply {
    const [, exposureId = '', duration = '', shutter] =
      /^(\S+) (\S+) (open|closed)$/.exec(argument) ?? [];
    const [seconds] = numbers(duration, 1) ?? [];
    if (seconds === undefined || (shutter !== 'open' && shutter !== 'closed')) {
      return errorReply('BAD_EXPOSURE', 'DO EXPOSE needs a name, seconds, and open or closed.');
    }
    const before = this.#state;
    const reply = this.#take(
      startExposure(this.#spec, before, { exposure: { exposureId, seconds, shutter }, nowMs }),
    );
    if (this.#state !== before) this.#light = this.#collect(seconds, shutter);
    return reply;
  }

  #abort(nowMs: number): Reply {
    const before = this.#state;
    this.#state = abortExposure(this.#spec, before, nowMs);
    if (this.#state !== before) this.#shutter.abort();
    return okReply();
  }

  async #image(exposureId: string, nowMs: number): Promise<Reply> {
    const outcome = fetchExposure(this.#spec, this.#state, { exposureId, nowMs });
    const reply = this.#take(outcome);
    const { exposure } = this.#state;
    if (!outcome.ok || !exposure) return reply;
    const pixels = this.#deps.draw(this.#field(exposure, await this.#light));
    const { width, height, temperatureC } = this.#spec.detector;
    const { startMs, seconds, filter } = exposure;
    const meta = { exposureId, width, height, startMs, seconds, filter: filter.name, temperatureC };
    return imageReply(meta, pixelsToBytes(pixels));
  }

  /** Looks along the light path when the shutter opens and when it shuts; the rest is drawn later. */
  async #collect(seconds: number, shutter: 'open' | 'closed'): Promise<ExposureLight> {
    this.#shutter.abort();
    this.#shutter = new AbortController();
    const { signal } = this.#shutter;
    if (shutter === 'closed') return DARKNESS;
    const { light, clock, log } = this.#deps;
    try {
      const opened = light.look();
      // Whoever waits for the shutter must not miss that the first look failed meanwhile.
      opened.catch(() => undefined);
      await clock.sleep(seconds, signal);
      return exposureLight(await opened, await light.look(), seconds);
    } catch (error) {
      if (!signal.aborted) log(`No light reaches the camera: ${sentenceOf(error)}`);
      return DARKNESS;
    }
  }

  #field(exposure: TakenExposure, light: ExposureLight): FieldRequest {
    const { detector } = this.#spec;
    const { seed, seeingAt, transients } = this.#deps;
    const middleMs = exposure.startMs + exposure.seconds * 500;
    const { width, height, pixelArcsec } = detector;
    return {
      center: light.center,
      width,
      height,
      pixelArcsec,
      exposureSeconds: exposure.seconds,
      filter: exposure.filter,
      detector,
      seed: hash32(`${seed}/${exposure.exposureId}`),
      skySeed: seed,
      seeingArcsec: Math.hypot(seeingAt(middleMs), light.trailArcsec),
      transmission: light.transmission,
      transients: transients.flatMap((transient) => {
        const magnitude = transientMagnitude(transient, middleMs);
        const { raDeg, decDeg } = transient;
        return magnitude === null ? [] : [{ raDeg, decDeg, magnitude }];
      }),
    };
  }

  #take(outcome: CameraOutcome): Reply {
    if (!outcome.ok) return errorReply(outcome.code, outcome.sentence);
    this.#state = outcome.state;
    return okReply();
  }
}
