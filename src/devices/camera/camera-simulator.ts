import { type Clock, hash32, seededRandom, sentenceOf } from '#platform';
import type { Channel } from '#unit';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import { errorReply, imageReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, answerNative, numbers } from '../link/request-table.ts';
import { type Transient, transientMagnitude } from '../transient.ts';
import { CAMERA_FAULTS } from './camera-faults.ts';
import {
  abortExposure,
  type CameraModel,
  type CameraOutcome,
  type CameraState,
  cameraAt,
  cameraStatus,
  coolDetector,
  fetchExposure,
  idleCamera,
  resetCamera,
  startExposure,
  stopExposure,
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
  /** Sunlight in the air at an instant (UTC ms), magnitudes per square arcsecond; null: none. */
  readonly twilightAt: (ms: number) => number | null;
  /** Full width of a star's image at an instant (UTC ms), arcseconds. */
  readonly seeingAt: (ms: number) => number;
  readonly transients: readonly Transient[];
  /** Told, in one sentence, when the light path cannot be followed. */
  readonly log: (sentence: string) => void;
}

/** Why an exposure ended before its time and is still an image. */
const SHUT_EARLY = Symbol('the shutter was shut early');
/** So much warmer doubles the dark current of a detector, degrees. */
const DARK_DOUBLING_C = 7;

/** A camera and its filter wheel on the line protocol. */
export class CameraSimulator implements Endpoint {
  readonly faults = new FaultSet([...CAMERA_FAULTS, ...WIRE_FAULTS], {
    before: () => {
      this.#state = cameraAt(this.#model, this.#state, this.#deps.clock.now());
    },
  });
  readonly #model: CameraModel;
  readonly #deps: CameraSimulatorDeps;
  #state: CameraState;
  #light: Promise<ExposureLight> = Promise.resolve(DARKNESS);
  #shutter = new AbortController();

  constructor(spec: Channel, deps: CameraSimulatorDeps) {
    this.#model = { spec, faults: this.faults };
    this.#deps = deps;
    this.#state = idleCamera(this.#model, deps.clock.now());
  }

  handle(text: string): Promise<Reply> {
    const now = this.#deps.clock.now();
    return answer(
      {
        'GET STATUS': () => okReply(cameraStatus(this.#model, this.#state, now)),
        'SET FILTER': (name) =>
          this.#take(turnWheel(this.#model, this.#state, { name, nowMs: now })),
        'SET COOL': (setpoint) => this.#cool(setpoint, now),
        'DO EXPOSE': (argument) => this.#expose(argument, now),
        'DO ABORT': () => this.#shut(abortExposure, now),
        'DO STOP': () => this.#shut(stopExposure, now),
        'DO RESET': () => this.#shut(resetCamera, now),
        'DO NATIVE': (request) => answerNative(this, request),
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
      startExposure(this.#model, before, { exposure: { exposureId, seconds, shutter }, nowMs }),
    );
    if (this.#state !== before) this.#light = this.#collect(seconds, shutter);
    return reply;
  }

  #cool(setpoint: string, nowMs: number): Reply {
    const setpointC = setpoint === 'off' ? null : numbers(setpoint, 1)?.[0];
    if (setpointC === undefined || (setpointC !== null && !isTemperature(setpointC))) {
      return errorReply('BAD_TEMPERATURE', 'SET COOL needs -273.15 to 100 Celsius, or off.');
    }
    this.#state = coolDetector(this.#model, this.#state, { setpointC, nowMs });
    return okReply();
  }

  /** Ends the exposure, in one of the ways to do so, unless nothing changes. */
  #shut(end: typeof stopExposure, nowMs: number): Reply {
    const before = this.#state;
    this.#state = end(this.#model, before, nowMs);
    if (this.#state.exposure !== before.exposure) {
      this.#shutter.abort(this.#state.exposure ? SHUT_EARLY : undefined);
    }
    return okReply();
  }

  async #image(exposureId: string, nowMs: number): Promise<Reply> {
    const outcome = fetchExposure(this.#model, this.#state, { exposureId, nowMs });
    const reply = this.#take(outcome);
    const { exposure } = this.#state;
    if (!outcome.ok || !exposure) return reply;
    const field = this.#field(exposure, await this.#light);
    const pixels = this.faults.has('corrupt') ? rubbish(field) : this.#deps.draw(field);
    const { width, height } = field;
    const { startMs, seconds, filter, temperatureC } = exposure;
    const meta = { exposureId, width, height, startMs, seconds, filter: filter.name, temperatureC };
    const bytes = pixelsToBytes(pixels);
    const isHalf = this.faults.has('truncated');
    return imageReply(meta, isHalf ? bytes.subarray(0, bytes.length / 2) : bytes);
  }

  /** Looks along the light path when the shutter opens and when it shuts; the rest is drawn later. */
  async #collect(seconds: number, shutter: 'open' | 'closed'): Promise<ExposureLight> {
    this.#shutter.abort();
    this.#shutter = new AbortController();
    const { signal } = this.#shutter;
    if (shutter === 'closed') return DARKNESS;
    const { light, clock, log } = this.#deps;
    try {
      const openedMs = clock.now();
      const opened = light.look();
      // Whoever waits for the shutter must not miss that the first look failed meanwhile.
      opened.catch(() => undefined);
      await clock.sleep(seconds, signal).catch((reason: unknown) => {
        if (reason !== SHUT_EARLY) throw reason;
      });
      const openSeconds = Math.min(seconds, (clock.now() - openedMs) / 1000);
      return exposureLight(await opened, await light.look(), openSeconds);
    } catch (error) {
      if (!signal.aborted) log(`No light reaches the camera: ${sentenceOf(error)}`);
      return DARKNESS;
    }
  }

  #field(exposure: TakenExposure, light: ExposureLight): FieldRequest {
    const detector = atTemperature(this.#model.spec.detector, exposure.temperatureC);
    const { seed, seeingAt, twilightAt, transients } = this.#deps;
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
      twilightMag: twilightAt(middleMs),
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

function isTemperature(celsius: number): boolean {
  return celsius >= -273.15 && celsius <= 100;
}

/** A warm detector counts more without light. */
function atTemperature(detector: Channel['detector'], celsius: number): Channel['detector'] {
  const doublings = (celsius - detector.temperatureC) / DARK_DOUBLING_C;
  const darkElectronsPerSecond = detector.darkElectronsPerSecond * 2 ** doublings;
  return { ...detector, darkElectronsPerSecond };
}

/** What a detector gives whose electronics are broken: noise over the whole range. */
function rubbish({ width, height, seed }: FieldRequest): Uint16Array {
  const random = seededRandom(seed);
  return new Uint16Array(width * height).map(() => random.integer(65_536));
}
