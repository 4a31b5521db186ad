import { PyrosError } from '#platform';
import type { Channel } from '#unit';
import type { Camera, CameraActivity, CameraStatus, Exposure, RawFrame } from '../camera/camera.ts';
import { refuseUnless } from '../refusal.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { IndiFilterWheel } from './indi-filter-wheel.ts';
import { readIndiImage } from './indi-image.ts';
import type { IndiMessage } from './indi-message.ts';
import { nativeAnswer } from './native-answer.ts';

const EXPOSURE = 'CCD_EXPOSURE';
const ABORT = 'CCD_ABORT_EXPOSURE';
/** A driver whose clock differs more from ours is not believed about when the shutter opened. */
const CLOCKS_AGREE_MS = 5000;

interface Taken extends Exposure {
  readonly startMs: number;
  readonly filter: string;
  /** Absent until the image has come. */
  readonly frame?: RawFrame;
  /** Why there will be no image. */
  readonly failure?: string;
  readonly fetched: boolean;
}

/** Cameras and wheels of INDI are two devices, ours are one. Exposures are named here, not there. */
export class IndiCamera implements Camera {
  readonly #spec: Channel;
  readonly #deps: IndiDriverDeps;
  readonly #ccd: IndiDevice;
  readonly #wheel: IndiFilterWheel;
  readonly #takenIds = new Set<string>();
  #taken: Taken | null = null;
  #setpointC: number | null = null;

  constructor(
    names: { indi: string; wheel?: string | undefined },
    spec: Channel,
    deps: IndiDriverDeps,
  ) {
    this.#spec = spec;
    this.#deps = deps;
    this.#ccd = new IndiDevice({
      client: deps.client,
      name: names.indi,
      log: deps.log,
      needs: [EXPOSURE, ABORT, 'CCD_INFO', 'CCD_FRAME_TYPE'],
      setUp: (ccd) => this.#setUp(ccd),
      rescue: { property: ABORT, order: switchOn('ABORT') },
    });
    this.#wheel = new IndiFilterWheel(names.wheel, spec, deps);
    deps.client.listen((message) => this.#hear(message));
  }

  async status(): Promise<CameraStatus> {
    await this.#ccd.alive();
    const { filter, isMoving } = await this.#wheel.status();
    const nowMs = this.#deps.clock.now();
    const activity = this.#activity(nowMs);
    return {
      activity,
      exposureId: activity === 'idle' ? null : (this.#taken?.exposureId ?? null),
      filter,
      wheelMoving: isMoving,
      wheelHoming: false,
      initialised: true,
      temperatureC: this.#temperatureC(),
      setpointC: this.#setpointC,
      remainingSeconds: this.#remainingSeconds(nowMs),
      atMs: nowMs,
    };
  }

  async setFilter(filter: string): Promise<void> {
    this.#refuseBusy();
    await this.#wheel.turn(filter);
  }

  async expose(exposure: Exposure): Promise<void> {
    const { exposureId, seconds, shutter } = exposure;
    if (this.#takenIds.has(exposureId)) return;
    refuseUnless(
      seconds >= 0 && seconds <= 3600,
      this.#name,
      'An exposure lasts 0 to 3600 seconds.',
    );
    this.#refuseBusy();
    await this.#ccd.ready();
    const { filter, isMoving } = await this.#wheel.status();
    if (isMoving || filter === null) throw this.#refused('The filter wheel is moving.');
    await this.#setFrameType(seconds, shutter);
    this.#takenIds.add(exposureId);
    const startMs = this.#deps.clock.now();
    this.#taken = { ...exposure, startMs, filter, fetched: false };
    try {
      const shortest = this.#shortestSeconds();
      await this.#ccd.order(
        EXPOSURE,
        setNumbers({ CCD_EXPOSURE_VALUE: Math.max(seconds, shortest) }),
        'fresh',
      );
    } catch (error) {
      this.#taken = null;
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (!this.#isBusy()) return;
    throw this.#refused('INDI cameras can only drop an exposure.');
  }

  async cool(setpointC: number | null): Promise<void> {
    await this.#ccd.ready();
    refuseUnless(this.#ccd.has('CCD_TEMPERATURE'), this.#name, 'It has no cooler.');
    if (setpointC !== null) {
      const order = setNumbers({ CCD_TEMPERATURE_VALUE: setpointC });
      await this.#ccd.order('CCD_TEMPERATURE', order, 'fresh');
    } else if (this.#ccd.has('CCD_COOLER')) {
      await this.#ccd.order('CCD_COOLER', switchOn('COOLER_OFF'), 'fresh');
    }
    this.#setpointC = setpointC;
  }

  async reset(): Promise<void> {
    await this.#ccd.ready();
    this.#taken = null;
    await this.#ccd.order(ABORT, switchOn('ABORT'), 'fresh');
  }

  async abort(): Promise<void> {
    if (!this.#isBusy()) return;
    this.#taken = null;
    await this.#ccd.order(ABORT, switchOn('ABORT'), 'fresh');
  }

  async readout(exposureId: string): Promise<RawFrame> {
    const taken = this.#taken;
    if (taken?.exposureId !== exposureId)
      throw this.#unknown('No image of that exposure is kept here.');
    if (taken.failure !== undefined) throw this.#unknown(taken.failure);
    if (!taken.frame) throw this.#refused('That exposure has not ended yet.');
    this.#taken = { ...taken, fetched: true };
    return taken.frame;
  }

  native(request: string): Promise<string> {
    return nativeAnswer([this.#ccd, ...this.#wheel.devices], request);
  }

  async close(): Promise<void> {
    this.#deps.client.stop();
  }

  get #name(): string {
    return this.#spec.alias;
  }

  /** Images come to us, as they are, of the whole detector. */
  async #setUp(ccd: IndiDevice): Promise<void> {
    const wanted = [
      ['UPLOAD_MODE', 'UPLOAD_CLIENT'],
      ['CCD_COMPRESSION', 'INDI_DISABLED'],
      ['CCD_TRANSFER_FORMAT', 'FORMAT_FITS'],
    ] as const;
    for (const [property, member] of wanted) {
      if (ccd.has(property) && !ccd.isOn(property, member))
        await ccd.put(property, switchOn(member));
    }
    // Whoever exposed before us, and whatever we asked of a driver that died: nothing runs now.
    if (this.#isBusy()) this.#fail('The driver of the camera was lost during the exposure.');
    if (ccd.isBusy(EXPOSURE)) await ccd.put(ABORT, switchOn('ABORT'), 'fresh');
  }

  async #setFrameType(seconds: number, shutter: 'open' | 'closed'): Promise<void> {
    const dark = seconds > this.#shortestSeconds() ? 'FRAME_DARK' : 'FRAME_BIAS';
    const member = shutter === 'open' ? 'FRAME_LIGHT' : dark;
    if (this.#ccd.isOn('CCD_FRAME_TYPE', member)) return;
    await this.#ccd.order('CCD_FRAME_TYPE', switchOn(member));
  }

  #shortestSeconds(): number {
    const vector = this.#ccd.vector(EXPOSURE);
    const limits = vector?.kind === 'number' ? vector.members.get('CCD_EXPOSURE_VALUE') : undefined;
    return limits?.min ?? 0;
  }

  #hear(message: IndiMessage | null): void {
    if (message?.kind === 'delete' && message.device === this.#ccd.name && message.name === null) {
      if (this.#isBusy()) this.#fail('The driver of the camera was lost during the exposure.');
    }
    if (message?.kind !== 'set' || message.vector.device !== this.#ccd.name) return;
    const { vector } = message;
    if (vector.name === EXPOSURE && vector.state === 'Alert' && this.#isBusy()) {
      this.#fail(message.message || 'The camera gave the exposure up.');
    }
    if (vector.kind !== 'blob' || vector.name !== 'CCD1') return;
    const image = vector.members.get('CCD1')?.value;
    if (image) this.#receive(image.bytes);
  }

  /** An image that nobody waits for is that of an exposure that was given up. */
  #receive(bytes: Uint8Array): void {
    const taken = this.#taken;
    if (!taken || taken.frame || taken.failure !== undefined) return;
    const { width, height } = this.#spec.detector;
    try {
      const image = readIndiImage(bytes, { device: this.#ccd.name, width, height });
      const isBelieved = Math.abs((image.startMs ?? 0) - taken.startMs) < CLOCKS_AGREE_MS;
      const { exposureId, seconds, filter } = taken;
      const startMs = isBelieved ? (image.startMs ?? taken.startMs) : taken.startMs;
      const { pixels } = image;
      const temperatureC = this.#temperatureC();
      const frame = { exposureId, seconds, filter, width, height, pixels, startMs, temperatureC };
      this.#taken = { ...taken, frame };
    } catch (error) {
      this.#fail(error instanceof PyrosError ? error.message : 'The image cannot be read.');
      this.#deps.log(`${this.#name}: ${this.#taken?.failure}`);
    }
  }

  #fail(failure: string): void {
    if (this.#taken) this.#taken = { ...this.#taken, failure };
  }

  #activity(nowMs: number): CameraActivity {
    const taken = this.#taken;
    if (!taken) return 'idle';
    if (taken.failure !== undefined) return 'fault';
    if (taken.frame) return taken.fetched ? 'idle' : 'ready';
    if (nowMs < taken.startMs + taken.seconds * 1000) return 'exposing';
    return 'reading';
  }

  #isBusy(): boolean {
    return this.#taken !== null && !this.#taken.frame && this.#taken.failure === undefined;
  }

  #remainingSeconds(nowMs: number): number {
    const taken = this.#taken;
    if (!taken || taken.frame || taken.failure !== undefined) return 0;
    return Math.max(0, taken.seconds - (nowMs - taken.startMs) / 1000);
  }

  #temperatureC(): number {
    const { temperatureC } = this.#spec.detector;
    return this.#ccd.number('CCD_TEMPERATURE', 'CCD_TEMPERATURE_VALUE') ?? temperatureC;
  }

  #refuseBusy(): void {
    if (this.#isBusy()) throw this.#refused('An exposure is in progress.');
  }

  #refused(sentence: string): PyrosError {
    return new PyrosError('DEVICE_REFUSED', `${this.#name}: ${sentence}`);
  }

  #unknown(sentence: string): PyrosError {
    return new PyrosError('EXPOSURE_UNKNOWN', `${this.#name}: ${sentence}`);
  }
}
